-- What is compared about a record, as it was last resolved: a short sealed text, so that candidates need not be opened whole.
-- A record without a row is opened whole.
create table evidence (
  record uuid primary key,
  sealed bytea not null
);
grant select, insert, update, delete on evidence to pamoja_app;
