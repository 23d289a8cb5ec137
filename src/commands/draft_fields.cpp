// SPDX-License-Identifier: Apache-2.0
// See draft_fields.hpp. English, German, French, Spanish and Dutch words; case, blanks and accents as people write
// them.
#include "commands/draft_fields.hpp"

namespace seatlint {
namespace {

const DraftField login_field{"login",
                             {"username", "user name", "login", "login name", "user principal name", "upn", "account",
                              "*login name*", "*username*", "benutzername", "anmeldename", "kennung",
                              "nom d'utilisateur", "identifiant", "usuario", "nombre de usuario", "gebruikersnaam"}};
const DraftField email_field{"email",
                             {"email", "e-mail", "email address", "e-mail address", "mail", "*email*", "*e-mail*",
                              "*courriel*", "correo*", "*mail*"}};
const DraftField hr_id_field{"hr_id",
                             {"employee id", "employee number", "employee no*", "employee #", "staff id", "staff no*",
                              "personnel*no*", "personalnummer", "personalnr*", "matricule", "worker id",
                              "*employee*id*", "número de empleado", "personeelsnummer"}};
const DraftField name_field{"name",
                            {"full name", "display name", "name", "*full name*", "*display name*", "anzeigename",
                             "nom complet", "nom", "nombre", "naam", "employee", "employee name", "user"}};

const std::vector<DraftField> user_fields{
    {"id", {"user id", "userid", "object id", "account id", "id", "guid", "*user id*", "uid"}},
    login_field,
    email_field,
    {"last_activity",
     {"last login*", "last sign*", "last active*", "last activity*", "last seen*", "*last log*", "last access*",
      "last used*", "letzte anmeldung*", "letzter login*", "zuletzt*", "dernière connexion*", "último acceso*",
      "último inicio*", "laatst*", "*last*login*", "*last*active*"},
     DraftValues::dates},
    {"products",
     {"license*", "licence*", "plan", "product*", "sku*", "subscription*", "seat*", "*license*", "*licence*", "*plan*",
      "lizenz*", "paket", "edition", "package", "tier", "licencia*", "licentie*"}},
    {"status",
     {"status",     "account status", "active",      "enabled",  "state",    "is active", "disabled",   "blocked",
      "locked",     "suspended",      "deactivated", "*active?", "*status*", "*enabled*", "*disabled*", "*blocked*",
      "*gesperrt*", "aktiv",          "statut",      "actif",    "estado",   "activo",    "actief"}},
    {"created",
     {"created*", "creation*", "date added", "added on", "*created*", "member since", "erstellt*", "angelegt*", "créé*",
      "creado*"},
     DraftValues::dates},
    hr_id_field,
    {"department",
     {"department", "dept*", "team", "*department*", "business unit", "abteilung", "service", "departamento",
      "afdeling"}},
    {"manager", {"manager", "manager*", "supervisor", "reports to", "vorgesetzte*", "responsable", "jefe"}},
    {"cost_center", {"cost cent*", "kostenstelle", "centre de coût*"}},
    {"title", {"job title", "title", "position", "*job title*", "funktion", "fonction", "cargo"}},
    {"roles", {"role", "roles", "profile", "permission set*", "*role*", "rolle*"}},
    name_field};

const std::vector<DraftField> activity_fields{
    {"time",
     {"timestamp", "time", "date", "date time", "datetime", "event time", "*timestamp*", "*time*", "*date*", "when",
      "zeit*", "datum", "horodatage", "fecha*", "*zeitpunkt*"},
     DraftValues::dates},
    {"user",
     {"user", "username", "user name", "login", "actor", "email", "e-mail", "user email", "who", "account", "*user*",
      "*actor*", "benutzer*", "utilisateur*", "usuario*", "performed by", "done by", "*email*"}},
    {"object",
     {"object", "object type", "entity", "table", "module", "record type", "resource", "*entity*", "*object*",
      "*module*", "objekt*", "modul", "objet", "screen", "page"}},
    {"verb",
     {"action", "operation", "event", "event type", "activity", "verb", "*action*", "*operation*", "aktion", "acción",
      "what"}},
    {"outcome",
     {"result", "outcome", "status", "success", "*result*", "*outcome*", "*status*", "*success*", "ergebnis",
      "résultat", "resultado"}},
    {"client", {"client", "client app", "channel", "source", "*client*", "via"}},
    {"app", {"application", "app", "*application*"}}};

const std::vector<DraftField> entitlement_fields{
    {"product",
     {"product", "product name", "product title", "license", "licence", "plan", "sku", "subscription", "name",
      "*product*", "*license*", "*licence*", "lizenz*", "produkt*", "produit", "producto", "item", "item*",
      "description"}},
    {"quantity",
     {"quantity", "seats", "purchased", "bought", "total licenses", "total", "qty", "*quantity*", "*seats*",
      "*purchased*", "anzahl", "menge", "quantité", "cantidad", "aantal", "units", "units*"},
     DraftValues::numbers},
    {"assigned", {"assigned", "used", "consumed", "*assigned*", "*in use*", "vergeben"}, DraftValues::numbers},
    {"available", {"available", "free", "remaining", "*available*", "verfügbar"}, DraftValues::numbers},
    {"unit_price",
     {"unit price", "price", "cost", "*price*", "*cost*", "preis*", "einzelpreis", "prix*", "precio*", "prijs*"}},
    {"currency", {"currency", "*currency*", "curr*", "währung", "devise", "moneda"}},
    {"term_start",
     {"start date", "term start", "start", "*start*", "begin*", "beginn", "laufzeit von", "début", "inicio"},
     DraftValues::dates},
    {"term_end",
     {"end date", "term end", "expiration date", "renewal date", "end", "*expir*", "*renew*", "*end*", "ending*",
      "ablauf*", "ende", "laufzeit bis", "fin", "vencimiento"},
     DraftValues::dates},
    {"notice_days", {"notice days", "notice*", "kündigungsfrist*", "préavis*"}}};

const std::vector<DraftField> departure_fields{
    {"last_day",
     {"last day*", "last working day*", "termination*", "leaving*", "leave date", "end of employment*",
      "employment end*", "exit*", "departure*", "left on", "separation*", "austritt*", "letzter arbeitstag",
      "date de départ*", "date de sortie*", "fecha de baja*", "uit dienst*", "*last day*", "*termination*"},
     DraftValues::dates},
    email_field,
    hr_id_field,
    login_field,
    name_field};

const std::vector<DraftField> leave_fields{
    {"from",
     {"from", "leave start*", "leave from*", "first day*", "absence start*", "absent from*", "start of leave*",
      "away from*", "abwesend ab*", "abwesend von*", "von", "du", "desde", "*leave*start*", "*absence*start*",
      "*absence*from*"},
     DraftValues::dates},
    {"to",
     {"to", "until", "leave end*", "leave to*", "last day of leave*", "last day*", "absence end*", "absent until*",
      "absent to*", "end of leave*", "away until*", "return*", "abwesend bis*", "bis", "au", "hasta", "*leave*end*",
      "*absence*end*", "*absence*to*"},
     DraftValues::dates},
    email_field,
    hr_id_field,
    login_field,
    name_field};

}  // namespace

std::span<const DraftField> draft_fields(std::string_view kind) {
  if (kind == "activity") return activity_fields;
  if (kind == "entitlements") return entitlement_fields;
  if (kind == "departures") return departure_fields;
  return kind == "leave" ? std::span<const DraftField>(leave_fields) : user_fields;
}

}  // namespace seatlint
