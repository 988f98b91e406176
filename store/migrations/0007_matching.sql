-- A pair may have the model's word and, beside it, stewards': `made_by` is `model`, or the id of the ruling by which a steward told so.
alter table decision drop constraint decision_pkey;
alter table decision add primary key (a, b, made_by);
-- Why a link of the model's was not followed when persons were put together.
alter table decision add column refused text;
create index decision_ruling on decision (made_by) where made_by <> 'model';
create index decision_told_a on decision (a) where made_by <> 'model';
create index decision_told_b on decision (b) where made_by <> 'model';
create index decision_asks_a on decision (a) where outcome = 'review' or refused is not null;
create index decision_asks_b on decision (b) where outcome = 'review' or refused is not null;

-- Pairs of persons of whom somebody has to say whether they are one. Follows from decisions and memberships; what it adds is
-- that a question keeps its id, and that somebody put it off.
create table review (
  id uuid primary key,
  p uuid not null,
  q uuid not null,
  -- The two records that speak most for it.
  a uuid not null,
  b uuid not null,
  registries text[] not null,
  weight real not null,
  probability real not null,
  state text not null check (state in ('open', 'later', 'decided')),
  opened_at timestamptz not null,
  check (p < q)
);
create unique index review_pair on review (p, q);
create index review_q on review (q);

-- What stewards decided, for ever. The pairs that follow from it stand in `decision` while it stands.
create table ruling (
  id uuid primary key,
  kind text not null check (kind in ('review', 'merge', 'split')),
  outcome text not null check (outcome in ('link', 'distinct', 'later')),
  review uuid,
  -- link: the first of one side with the first of the other; distinct: each of one side with each of the other.
  one_side uuid[] not null,
  other_side uuid[] not null,
  agency text not null,
  client text not null,
  officer text not null,
  -- What people write may name people.
  reason bytea not null,
  decided_at timestamptz not null,
  -- Since when a record that it joins speaks of somebody else, so that it joins no more.
  lapsed_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawal bytea
);
create index ruling_review on ruling (review) where review is not null;
grant select, insert, update, delete on review, ruling to pamoja_app;
