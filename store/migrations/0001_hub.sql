-- The hub's first schema. Identifying values lie in sealed columns (AES-256-GCM) or as keyed hashes; a dump names nobody.

-- The role that the hub works as. Where the owner may not create roles, an administrator makes it first and grants it to the owner.
do $$ begin
  if not exists (select from pg_roles where rolname = 'pamoja_app') then
    create role pamoja_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;

-- The fingerprint of the keys this database was sealed with, so that a wrong key file is noticed before it does harm.
create table key_check (
  version int primary key,
  fingerprint bytea not null
);

create table registry (
  id text primary key,
  title text not null,
  country text not null,
  time_zone text not null,
  schemes text[] not null,
  stale_after_hours int not null,
  -- Ranks by field for survivorship: the lowest rank wins.
  trust jsonb not null,
  missing_share real not null,
  missing_floor int not null,
  nightly text not null,
  synced_at timestamptz
);

create table sync_run (
  id uuid primary key,
  registry text not null references registry,
  status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'held')),
  file text,
  lease uuid,
  queued_at timestamptz not null,
  started_at timestamptz,
  beat_at timestamptz,
  finished_at timestamptz,
  done bigint not null default 0,
  total bigint,
  read bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  absent bigint not null default 0,
  problem text
);
create unique index sync_run_one_at_a_time on sync_run (registry) where status in ('queued', 'running');
create index sync_run_by_registry on sync_run (registry, id desc);

create table checkpoint (
  registry text primary key references registry,
  value jsonb not null,
  saved_at timestamptz not null
);

-- Complete lists that are being read: who was not seen since a list began is missing when it ends, however many runs it took.
create table listing (
  registry text not null references registry,
  stream text not null,
  -- The delivery that is being read, such as a file; another one begins the list anew.
  list text not null,
  started_at timestamptz not null,
  primary key (registry, stream)
);

create table source_record (
  id uuid primary key,
  registry text not null references registry,
  stream text not null,
  source_key bytea not null,
  content_hash bytea not null,
  version int not null,
  -- The version that identifiers, facts, memberships and documents speak of; 0 until the record was first resolved.
  resolved_version int not null default 0,
  sealed bytea not null,
  synthetic boolean not null,
  first_seen timestamptz not null,
  changed_at timestamptz not null,
  seen_at timestamptz not null default now(),
  seen_run uuid,
  absent_since timestamptz
) with (fillfactor = 85);
create unique index source_record_key on source_record (registry, source_key);
create index source_record_stream on source_record (registry, stream) where absent_since is null;

-- Earlier versions of a record, so that "what did you know in March" has an answer.
create table source_record_version (
  record uuid not null references source_record,
  version int not null,
  sealed bytea not null,
  replaced_at timestamptz not null,
  primary key (record, version)
);

create table rejection (
  id uuid primary key,
  registry text not null references registry,
  stream text not null,
  origin text not null,
  raw_key bytea not null,
  source_key bytea,
  sealed bytea not null,
  reasons jsonb not null,
  run uuid,
  state text not null check (state in ('open', 'replayed', 'superseded')),
  first_seen timestamptz not null,
  -- When it was last told, by the database's own time.
  told_at timestamptz not null default now(),
  settled_at timestamptz
);
create unique index rejection_raw on rejection (registry, raw_key);
create index rejection_open on rejection (registry, id) where state = 'open';
create index rejection_source on rejection (registry, source_key) where state = 'open';

-- The tables below that only name a record (identifiers, blocking keys, decisions, facts) have no foreign keys: a record is never
-- deleted, its rows are written under the lock of who writes it, and the check would lock the record's row some twenty times.
create table identifier (
  hash bytea not null,
  record uuid not null,
  primary key (hash, record)
);
create index identifier_record on identifier (record);

create table blocking_key (
  key bigint not null,
  record uuid not null,
  primary key (key, record)
);
create index blocking_key_record on blocking_key (record);

create table person (
  id uuid primary key,
  merged_into uuid references person,
  created_at timestamptz not null
);

create table membership (
  record uuid not null references source_record,
  person uuid not null references person,
  since timestamptz not null,
  until timestamptz,
  reason text not null,
  primary key (record, since, person)
);
create unique index membership_now on membership (record) where until is null;
create index membership_person on membership (person) where until is null;

create table decision (
  a uuid not null,
  b uuid not null,
  outcome text not null check (outcome in ('link', 'review', 'distinct')),
  weight real not null,
  probability real not null,
  parts jsonb not null,
  model text not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (a, b),
  check (a < b)
);
create index decision_b on decision (b);

create table enrolment (
  record uuid not null,
  seq int not null,
  scheme text not null,
  branches text[] not null,
  status text not null,
  category text,
  valid_from text,
  valid_until text,
  -- A keyed hash: an employer may be one person under her own name.
  employer bytea,
  primary key (record, seq)
);

create table contribution (
  record uuid not null,
  seq int not null,
  scheme text not null,
  month text not null,
  component text,
  state text not null,
  base bigint,
  employee_share bigint,
  employer_share bigint,
  total bigint,
  currency text,
  paid_on text,
  -- A keyed hash: an employer may be one person under her own name.
  employer bytea,
  primary key (record, seq)
);

create table benefit (
  record uuid not null,
  seq int not null,
  scheme text not null,
  branch text not null,
  kind text not null,
  state text not null,
  month text,
  amount bigint,
  currency text,
  paid_on text,
  primary key (record, seq)
);

-- The read model: one ready row a person, one sealed column a field that an agreement may name.
-- What is not agreed is not selected.
create table beneficiary (
  person uuid primary key references person,
  registries text[] not null,
  built_at timestamptz not null,
  name bytea,
  birth_date bytea,
  sex bytea,
  death bytea,
  identifiers bytea,
  phones bytea,
  addresses bytea,
  enrolments bytea,
  contributions bytea,
  benefits bytea
);

create table agency (
  id text primary key,
  title text not null
);

create table client (
  id text primary key,
  agency text not null references agency,
  title text not null,
  scopes text[] not null,
  registries text[] not null,
  jwks jsonb not null,
  active boolean not null,
  demo boolean not null
);

create table purpose (
  code text primary key,
  title text not null,
  legal_basis text not null,
  needs_officer boolean not null
);

create table agreement (
  id uuid primary key,
  agency text not null references agency,
  purpose text not null references purpose,
  registries text[] not null,
  fields text[] not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null
);
create unique index agreement_one on agreement (agency, purpose, valid_from);

-- One leaf an answer. body is the exact bytes that were hashed; the subject is a keyed pseudonym.
create table audit_leaf (
  id uuid primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  subject bytea,
  body bytea not null,
  salt bytea not null,
  hash bytea not null
);
create index audit_leaf_order on audit_leaf (xid, id);
create index audit_leaf_subject on audit_leaf (subject, at) where subject is not null;

-- Work that follows from a commit. Claimed by state, never by "id greater than the last", so that no late commit is skipped.
create table outbox (
  id uuid primary key,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  parked_at timestamptz
);
create index outbox_waiting on outbox (topic, id) where parked_at is null;

create table idempotency_key (
  client text not null,
  operation text not null,
  key text not null,
  fingerprint bytea not null,
  started_at timestamptz not null,
  status int,
  body jsonb,
  primary key (client, operation, key)
);

-- Token ids that must not be seen twice (RFC 7523 jti), until they expire.
create table seen_token (
  id text primary key,
  expires_at timestamptz not null
);
create index seen_token_expiry on seen_token (expires_at);

grant usage on schema public to pamoja_app;
grant select, insert, update, delete on all tables in schema public to pamoja_app;
revoke update, delete, truncate on audit_leaf from pamoja_app;
revoke insert, update, delete, truncate on key_check, migration from pamoja_app;
grant insert on key_check to pamoja_app;
do $$ begin
  if not pg_has_role(current_user, 'pamoja_app', 'member') then
    execute format('grant pamoja_app to %I', current_user);
  end if;
end $$;
