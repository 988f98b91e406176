-- Which months' contributions a registry has told of (returns: declared, ledger: received), and since when the hub knows: what a list
-- leaves out says something only where the list has come. Never taken back, so that a past night judges as it did.
create table delivered_month (
  registry text not null references registry,
  scheme text not null,
  list text not null check (list in ('returns', 'ledger')),
  month text not null,
  since timestamptz not null,
  primary key (registry, scheme, list, month)
);
insert into delivered_month (registry, scheme, list, month, since)
select r.registry, c.scheme, case c.state when 'declared' then 'returns' else 'ledger' end, c.month, min(r.first_seen)
from contribution c join source_record r on r.id = c.record
where c.state in ('declared', 'paid', 'allocated', 'suspense')
group by 1, 2, 3, 4;

grant select, insert on delivered_month to pamoja_app;
