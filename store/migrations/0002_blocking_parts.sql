-- A key that many records hold (two common names) is looked into by parts (the birth year), each a keyed hash like the key itself.
-- 0: the record does not say, or was written before there were parts; such rows are always looked at.
alter table blocking_key add column part int not null default 0;
alter table blocking_key drop constraint blocking_key_pkey;
alter table blocking_key add primary key (key, part, record);
