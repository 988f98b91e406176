-- What a finding is about tells of people, such as the month of a birth: it stands in the sealed body, and its keyed hash in the key.
alter table finding drop column about;
alter table run_finding drop column about;

-- A night's findings of a registry are listed rule by rule, a page at a time.
create index run_finding_listed on run_finding (run, owner, rule, key);

-- Who asked for a trial or a past night: each client has one of them at a time.
alter table reconciliation_run add column client text references client;
