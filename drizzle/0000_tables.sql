CREATE SEQUENCE "public"."subject_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "audit" (
	"no" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"previous_hash" text,
	"hash" text NOT NULL,
	CONSTRAINT "audit_previous_hash" UNIQUE("previous_hash")
);
--> statement-breakpoint
CREATE TABLE "balance_history" (
	"plan_no" integer NOT NULL,
	"book" smallint NOT NULL,
	"phase_no" integer NOT NULL,
	"day" date NOT NULL,
	"epoch" integer NOT NULL,
	"entry" text NOT NULL,
	"items" integer DEFAULT 0 NOT NULL,
	"doing" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"dropped" integer DEFAULT 0 NOT NULL,
	"unestimated" integer DEFAULT 0 NOT NULL,
	"completed" integer DEFAULT 0 NOT NULL,
	"reopened" integer DEFAULT 0 NOT NULL,
	"size_micro" bigint DEFAULT 0 NOT NULL,
	"done_micro" bigint DEFAULT 0 NOT NULL,
	"outside_micro" bigint DEFAULT 0 NOT NULL,
	"cost_micro" bigint DEFAULT 0 NOT NULL,
	"earned_micro" bigint DEFAULT 0 NOT NULL,
	"added_micro" bigint DEFAULT 0 NOT NULL,
	"removed_micro" bigint DEFAULT 0 NOT NULL,
	"reestimated_micro" bigint DEFAULT 0 NOT NULL,
	"moved_in_micro" bigint DEFAULT 0 NOT NULL,
	"moved_out_micro" bigint DEFAULT 0 NOT NULL,
	"seconds" bigint DEFAULT 0 NOT NULL,
	"unrated_seconds" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "balance_history_plan_no_book_phase_no_day_epoch_entry_pk" PRIMARY KEY("plan_no","book","phase_no","day","epoch","entry")
);
--> statement-breakpoint
CREATE TABLE "balances" (
	"plan_no" integer NOT NULL,
	"book" smallint NOT NULL,
	"phase_no" integer NOT NULL,
	"day" date NOT NULL,
	"items" integer DEFAULT 0 NOT NULL,
	"doing" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"dropped" integer DEFAULT 0 NOT NULL,
	"unestimated" integer DEFAULT 0 NOT NULL,
	"completed" integer DEFAULT 0 NOT NULL,
	"reopened" integer DEFAULT 0 NOT NULL,
	"size_micro" bigint DEFAULT 0 NOT NULL,
	"done_micro" bigint DEFAULT 0 NOT NULL,
	"outside_micro" bigint DEFAULT 0 NOT NULL,
	"cost_micro" bigint DEFAULT 0 NOT NULL,
	"earned_micro" bigint DEFAULT 0 NOT NULL,
	"added_micro" bigint DEFAULT 0 NOT NULL,
	"removed_micro" bigint DEFAULT 0 NOT NULL,
	"reestimated_micro" bigint DEFAULT 0 NOT NULL,
	"moved_in_micro" bigint DEFAULT 0 NOT NULL,
	"moved_out_micro" bigint DEFAULT 0 NOT NULL,
	"seconds" bigint DEFAULT 0 NOT NULL,
	"unrated_seconds" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "balances_plan_no_book_phase_no_day_pk" PRIMARY KEY("plan_no","book","phase_no","day")
);
--> statement-breakpoint
CREATE TABLE "baseline_items" (
	"plan_no" integer NOT NULL,
	"number" integer NOT NULL,
	"subject" bigint NOT NULL,
	"phase_no" integer NOT NULL,
	"size_micro" bigint DEFAULT 0 NOT NULL,
	"value_micro" bigint DEFAULT 0 NOT NULL,
	"carried_micro" bigint DEFAULT 0 NOT NULL,
	"estimated" boolean NOT NULL,
	CONSTRAINT "baseline_items_plan_no_number_subject_pk" PRIMARY KEY("plan_no","number","subject")
);
--> statement-breakpoint
CREATE TABLE "baselines" (
	"plan_no" integer NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"reason" text NOT NULL,
	"approver" text,
	"approved_at" timestamp with time zone NOT NULL,
	"revision" integer NOT NULL,
	"work_day" date NOT NULL,
	"first_day" date,
	"value_unit" text NOT NULL,
	"document" jsonb NOT NULL,
	"phases" jsonb NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "baselines_plan_no_number_pk" PRIMARY KEY("plan_no","number")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"tracker" text NOT NULL,
	"url" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sealed_secrets" text,
	"last_delivery_at" timestamp with time zone,
	"deliveries" integer DEFAULT 0 NOT NULL,
	"refused_deliveries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"item_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"key" text NOT NULL,
	"op" smallint NOT NULL,
	"field" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"sequence" integer NOT NULL,
	"value" jsonb,
	"actor" text,
	"assumed" boolean DEFAULT false NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "facts_item_id_seq_pk" PRIMARY KEY("item_id","seq")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"no" bigserial PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"delivery_id" text NOT NULL,
	"event" text NOT NULL,
	"headers" jsonb NOT NULL,
	"body" text NOT NULL,
	"hints" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"last_error" text,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" bigint PRIMARY KEY DEFAULT nextval('subject_numbers') NOT NULL,
	"source_no" integer NOT NULL,
	"external_id" text NOT NULL,
	"key" text NOT NULL,
	"url" text NOT NULL,
	"title" text NOT NULL,
	"type" text,
	"state" text NOT NULL,
	"status" text NOT NULL,
	"points" text,
	"estimate_seconds" integer,
	"logged_seconds" integer DEFAULT 0 NOT NULL,
	"milestones" jsonb NOT NULL,
	"parent_id" text,
	"parent_key" text,
	"labels" jsonb NOT NULL,
	"components" jsonb NOT NULL,
	"sprints" jsonb NOT NULL,
	"assignees" jsonb NOT NULL,
	"due" date,
	"presence" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"pulled_at" timestamp with time zone NOT NULL,
	"fact_count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_actuals" (
	"subject" bigint PRIMARY KEY DEFAULT nextval('subject_numbers') NOT NULL,
	"plan_no" integer NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_dirty" (
	"plan_no" integer NOT NULL,
	"subject" bigint NOT NULL,
	CONSTRAINT "plan_dirty_plan_no_subject_pk" PRIMARY KEY("plan_no","subject")
);
--> statement-breakpoint
CREATE TABLE "plan_documents" (
	"plan_no" integer NOT NULL,
	"revision" integer NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "plan_documents_plan_no_revision_pk" PRIMARY KEY("plan_no","revision")
);
--> statement-breakpoint
CREATE TABLE "plan_heads" (
	"plan_no" integer PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"epoch" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"reserved_revision" integer,
	"reserved_epoch" integer,
	"reserved_by" text,
	"reserved_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "plan_phases" (
	"plan_no" integer NOT NULL,
	"no" integer NOT NULL,
	"id" text NOT NULL,
	CONSTRAINT "plan_phases_plan_no_no_pk" PRIMARY KEY("plan_no","no")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"no" serial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "plans_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "portfolios" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"plans" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"plan_no" integer NOT NULL,
	"subject" bigint NOT NULL,
	"seq" integer NOT NULL,
	"revision" integer NOT NULL,
	"epoch" integer NOT NULL,
	"book" smallint NOT NULL,
	"phase_no" integer NOT NULL,
	"day" date NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"cause" text NOT NULL,
	"entry" text NOT NULL,
	"fact_key" text,
	"reverses" integer,
	"resource_no" integer,
	"items" integer DEFAULT 0 NOT NULL,
	"doing" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"dropped" integer DEFAULT 0 NOT NULL,
	"unestimated" integer DEFAULT 0 NOT NULL,
	"size_micro" bigint DEFAULT 0 NOT NULL,
	"done_micro" bigint DEFAULT 0 NOT NULL,
	"outside_micro" bigint DEFAULT 0 NOT NULL,
	"cost_micro" bigint DEFAULT 0 NOT NULL,
	"earned_micro" bigint DEFAULT 0 NOT NULL,
	"seconds" integer DEFAULT 0 NOT NULL,
	"unrated_seconds" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "postings_plan_no_subject_seq_pk" PRIMARY KEY("plan_no","subject","seq")
);
--> statement-breakpoint
CREATE TABLE "pulls" (
	"no" bigserial PRIMARY KEY NOT NULL,
	"source_no" integer NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"items" integer NOT NULL,
	"changed" integer NOT NULL,
	"missing" integer NOT NULL,
	"calls" integer NOT NULL,
	"error" text,
	"error_kind" text
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"no" serial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"rates" jsonb NOT NULL,
	"capacity_hours_per_day" text,
	"accounts" jsonb NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "resources_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"plan_no" integer NOT NULL,
	"no" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"epoch" integer NOT NULL,
	"kind" text NOT NULL,
	"actor" text,
	"summary" text,
	"lines" integer DEFAULT 0 NOT NULL,
	"unmapped_items" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "revisions_plan_no_no_pk" PRIMARY KEY("plan_no","no")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"no" serial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"connection" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"cursor" jsonb,
	"last_poll_at" timestamp with time zone,
	"last_change_at" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"leased_by" text,
	"next_attempt_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"last_error_kind" text,
	"backfilled_at" timestamp with time zone,
	"items_seen" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"quota" jsonb,
	"removed_at" timestamp with time zone,
	CONSTRAINT "sources_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "tracker_milestones" (
	"source_no" integer NOT NULL,
	"external_id" text NOT NULL,
	"title" text NOT NULL,
	"url" text,
	"start" date,
	"due" date,
	"closed_at" timestamp with time zone,
	"state" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tracker_milestones_source_no_external_id_pk" PRIMARY KEY("source_no","external_id")
);
--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_connection_connections_id_fk" FOREIGN KEY ("connection") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "baseline_items_subject" ON "baseline_items" USING btree ("plan_no","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_delivery" ON "inbox" USING btree ("connection","delivery_id");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("connection","no") WHERE state = 'due';--> statement-breakpoint
CREATE UNIQUE INDEX "items_external" ON "items" USING btree ("external_id","source_no");--> statement-breakpoint
CREATE INDEX "items_parent" ON "items" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX "items_source" ON "items" USING btree ("source_no","id");--> statement-breakpoint
CREATE INDEX "items_key" ON "items" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_actuals_key" ON "plan_actuals" USING btree ("plan_no","key");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_phases_id" ON "plan_phases" USING btree ("plan_no","id");--> statement-breakpoint
CREATE INDEX "postings_revision" ON "postings" USING btree ("plan_no","revision");--> statement-breakpoint
CREATE INDEX "postings_phase_day" ON "postings" USING btree ("plan_no","phase_no","day");--> statement-breakpoint
CREATE INDEX "pulls_source" ON "pulls" USING btree ("source_no","ended_at");--> statement-breakpoint
CREATE INDEX "revisions_recorded" ON "revisions" USING btree ("plan_no","recorded_at");--> statement-breakpoint
CREATE INDEX "revisions_epoch" ON "revisions" USING btree ("plan_no","epoch");