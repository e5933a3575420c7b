-- Group customers. Who belongs to one is a person with a customer record of their own; version counts changes of the organisation and its persons.
create table customers_organisations (
  id text not null primary key,
  name text not null,
  credit_code text not null unique,
  contract_number text not null,
  version integer not null,
  created_at integer not null
) strict, without rowid;

create index customers_organisations_name on customers_organisations (name);
create index customers_organisations_contract on customers_organisations (contract_number);

create table customers_members (
  id text not null primary key,
  organisation_id text not null,
  customer_id text not null,
  role text not null check (role in ('owner', 'sender', 'viewer')),
  joined_at integer not null,
  unique (organisation_id, customer_id)
) strict, without rowid;

create index customers_members_customer on customers_members (customer_id);

-- Only who proved the number can accept; the number itself is not kept.
create table customers_invites (
  id text not null primary key,
  organisation_id text not null,
  phone_hash text not null,
  phone_tail text not null,
  role text not null check (role in ('owner', 'sender', 'viewer')),
  created_at integer not null,
  expires_at integer not null,
  unique (organisation_id, phone_hash)
) strict, without rowid;

create index customers_invites_phone on customers_invites (phone_hash);
create index customers_invites_expired on customers_invites (expires_at);
