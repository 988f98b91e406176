-- Counts the transactions that wrote keys and evidence of records: who compared records before his turn came knows by it whether anybody
-- else had a turn since.
create table resolve_turn (single boolean primary key default true check (single), turn bigint not null);
insert into resolve_turn (turn) values (0);
grant select, update on resolve_turn to pamoja_app;
-- Keys are read from their index alone where nothing on a page was deleted since it was last looked through: a fiftieth may be, not a fifth.
alter table blocking_key set (autovacuum_vacuum_scale_factor = 0.02);
