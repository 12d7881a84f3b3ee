create table tomcat_sessions (
  id varchar(100) not null primary key,
  app varchar(255),
  data bytea,
  valid char(1) not null,
  maxinactive int not null,
  lastaccess bigint not null
);
create index tomcat_sessions_app on tomcat_sessions (app);
