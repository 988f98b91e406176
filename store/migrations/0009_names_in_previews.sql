-- The second half of a preview: what it says of the name. Previews from before say so in their layout and are passed over, so that their
-- records are opened, until they are next resolved or re-linked.
alter table blocking_key add column names uuid not null default '00000000-0000-0000-0000-000000000000';
alter table blocking_key drop constraint blocking_key_pkey;
alter table blocking_key add primary key (key, part, record) include (preview, names);
-- Room on the page for the next version of a row, so that no index has to be told of it.
alter table evidence set (fillfactor = 85);
alter table beneficiary set (fillfactor = 85);
