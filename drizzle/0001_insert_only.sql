-- What is written here is never changed: corrections are new rows. TRUNCATE stays possible (tests, restore).
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is insert-only: % refused; write a correcting row instead', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "postings" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "facts" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "plan_documents" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "baselines" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "baseline_items" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "revisions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "insert_only" BEFORE UPDATE OR DELETE ON "pulls" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
