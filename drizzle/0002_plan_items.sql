CREATE TABLE "plan_items" (
	"plan_no" integer NOT NULL,
	"subject" bigint NOT NULL,
	"phase_no" integer NOT NULL,
	"container" boolean NOT NULL,
	CONSTRAINT "plan_items_plan_no_subject_pk" PRIMARY KEY("plan_no","subject")
);
--> statement-breakpoint
CREATE INDEX "plan_items_phase" ON "plan_items" USING btree ("plan_no","phase_no");--> statement-breakpoint
CREATE INDEX "facts_parent" ON "facts" USING btree ((value ->> 'id')) WHERE field = 'parent';