-- Records that a run could not compare and stepped over.
alter table relink_run add column failed bigint not null default 0;
