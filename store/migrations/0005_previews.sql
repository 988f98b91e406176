-- Beside each key a preview of the record, sealed for it, by which most candidates are told apart unopened. It stands in the index too, so
-- that the row need not be read. All zeros: there is none, or the row is from before there were any; then the record is opened.
alter table blocking_key add column preview uuid not null default '00000000-0000-0000-0000-000000000000';
alter table blocking_key drop constraint blocking_key_pkey;
alter table blocking_key add primary key (key, part, record) include (preview);
