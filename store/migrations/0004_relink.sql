-- Runs that compare every record anew, as after a change of the model. A run that was ended goes on where it stood.
create table relink_run (
  id uuid primary key,
  -- The model's version: another model begins anew.
  model text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- The last record that was compared.
  position uuid,
  done bigint not null default 0,
  decisions bigint not null default 0,
  moved bigint not null default 0
);
create unique index relink_run_open on relink_run (model) where finished_at is null;
grant select, insert, update, delete on relink_run to pamoja_app;
