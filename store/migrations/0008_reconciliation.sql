-- Nightly reconciliation. A run reads the facts as they were known at one instant, slice by slice; what it found stands in run_finding;
-- findings live on from night to night. What names people or tells of them is sealed; subjects are ids or keyed hashes.
create table reconciliation_run (
  id uuid primary key,
  -- live: tonight's, its findings are told. as-of: a past night again. trial: other rules on the last night's facts.
  kind text not null check (kind in ('live', 'as-of', 'trial')),
  status text not null check (status in ('queued', 'running', 'succeeded', 'failed')),
  -- The day that the rules look at, and the instant whose facts they see.
  as_of date not null,
  known_at timestamptz,
  -- Changes to the rules' settings, and a fingerprint of rules, law and settings together.
  settings jsonb not null,
  rules text not null,
  -- The run that it is compared with.
  before uuid references reconciliation_run,
  phase text not null check (phase in ('plan', 'people', 'groups', 'settle', 'done')),
  queued_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- What the report says of the whole, written at the end; the counts add up from the slices.
  totals jsonb,
  problem text
);
create unique index reconciliation_run_live on reconciliation_run (kind) where kind = 'live' and status in ('queued', 'running');
create index reconciliation_run_newest on reconciliation_run (id desc);

-- A part of a run, taken by one worker at a time and done again from its beginning when that one died.
create table reconciliation_slice (
  run uuid not null references reconciliation_run,
  phase text not null check (phase in ('people', 'groups', 'settle')),
  seq int not null,
  -- From here (inclusive) to there (exclusive, null: to the end).
  lower bytea not null,
  upper bytea,
  lease uuid,
  beat_at timestamptz,
  done_at timestamptz,
  subjects bigint not null default 0,
  found bigint not null default 0,
  counts jsonb,
  primary key (run, phase, seq)
);

-- Who shares what, as the people of a run were read: the key is a keyed hash. Gone when the run has ended.
create table reconciliation_member (
  run uuid not null,
  slice int not null,
  kind text not null,
  key bytea not null,
  person uuid not null,
  -- All of her records are confirmed to be one person's, so that nobody has to look at that again.
  confirmed boolean not null,
  -- Because of her there may be something to find in the group.
  concerned boolean not null
);
create index reconciliation_member_key on reconciliation_member (run, key, kind, person);

-- Whose records were, by person, and which of them were not listed for a time: what a past night knew.
create index membership_past on membership (person) where until is not null;
create table absence (
  record uuid not null references source_record,
  since timestamptz not null,
  until timestamptz not null,
  primary key (record, since)
);

create table run_finding (
  run uuid not null references reconciliation_run,
  -- Hash of rule, subject and what it is about: the same from night to night.
  key bytea not null,
  phase text not null,
  slice int not null,
  rule text not null,
  subject_kind text not null,
  -- A person's id, a registry's id, or a group's keyed hash in hexadecimal digits.
  subject text not null,
  about text not null,
  owner text not null references registry,
  severity text not null check (severity in ('S1', 'S2', 'S3')),
  region text,
  amount bigint,
  currency text,
  -- Everybody it is about, the subject included.
  persons uuid[] not null,
  -- The draft: evidence and figures.
  sealed bytea not null,
  primary key (run, key)
);
create index run_finding_slice on run_finding (run, phase, slice);

create table finding (
  id uuid primary key,
  key bytea not null unique,
  rule text not null,
  subject_kind text not null,
  subject text not null,
  about text not null,
  owner text not null references registry,
  severity text not null check (severity in ('S1', 'S2', 'S3')),
  action text not null check (action in ('hold', 'review', 'notify', 'fix', 'report')),
  region text,
  amount bigint,
  currency text,
  persons uuid[] not null,
  sealed bytea not null,
  state text not null
    check (state in ('open', 'notified', 'answered', 'upheld', 'dismissed', 'appealed', 'resolved', 'reopened')),
  -- Grows with every change, for conditional writes.
  version int not null default 1,
  opened_at timestamptz not null,
  due_on date not null,
  state_since timestamptz not null,
  -- Before this instant nobody may uphold it against the person: the notice has to run.
  earliest_decision timestamptz,
  assignee text,
  first_run uuid not null references reconciliation_run,
  -- The last live run that found it, and the one that found it no more.
  last_run uuid not null references reconciliation_run,
  gone_run uuid references reconciliation_run
);
create index finding_owner on finding (owner, id);
create index finding_owner_state on finding (owner, state, id);
create index finding_rule on finding (rule, id);
create index finding_person on finding using gin (persons);

-- What happened to a finding, for ever: by whom, with which reason.
create table finding_event (
  id uuid primary key,
  finding uuid not null references finding,
  at timestamptz not null,
  kind text not null check (kind in ('found', 'gone', 'transition', 'note', 'assignment')),
  from_state text,
  to_state text,
  run uuid references reconciliation_run,
  agency text,
  client text,
  officer text,
  -- What people write may name people.
  sealed bytea
);
create index finding_event_of on finding_event (finding, id);

-- Who wants to be told, and where.
create table subscription (
  id uuid primary key,
  agency text not null references agency,
  client text not null references client,
  url text not null,
  events text[] not null,
  registries text[] not null,
  state text not null check (state in ('active', 'paused', 'ended')),
  created_at timestamptz not null,
  problem text
);
create index subscription_client on subscription (client, id);

-- One event for one subscriber: the same id however often it is sent. dead: given up on until somebody sends it again.
create table delivery (
  id uuid primary key,
  subscription uuid not null references subscription,
  event jsonb not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts int not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  settled_at timestamptz,
  -- The last answer: a status or a word, never a body.
  answer text
);
create index delivery_due on delivery (next_at) where state = 'waiting';
create index delivery_of on delivery (subscription, id desc);

-- What a registry's complete lists looked like when they were last taken in, by which a file that has drifted is noticed.
create table registry_profile (
  id uuid primary key,
  registry text not null references registry,
  stream text not null,
  run uuid not null references sync_run,
  taken_at timestamptz not null,
  -- taken: applied. held: quarantined with its reasons. released: an operator let it in.
  state text not null check (state in ('taken', 'held', 'released')),
  -- The deliveries that it counts, such as file names.
  lists text[] not null,
  profile jsonb not null,
  reasons jsonb not null
);
create index registry_profile_last on registry_profile (registry, stream, id desc);
create index registry_profile_run on registry_profile (run);
-- Somebody has looked at a delivery that was held back and lets it in.
alter table sync_run add column despite_drift boolean not null default false;

grant select, insert, update, delete on reconciliation_run, reconciliation_slice, reconciliation_member, run_finding, finding,
  subscription, delivery, registry_profile, absence to pamoja_app;
grant select, insert on finding_event to pamoja_app;
