using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Endpoints;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Tells what a demo user may see and edit, so that a test can compare it with what the API shows.</summary>
/// <remarks>Asked by name ("rep-north"), token or e-mail; without a user all are told. Lists every visible id by type.</remarks>
internal sealed class RightsControl(Account account, DemoUsers users)
{
    public Reply Read(string asked)
    {
        var found = users.Named.Where(named => asked.Length == 0 || asked == named.Name || asked == $"user-{named.Name}-demo"
            || string.Equals(asked, named.User.Email, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0
            ? ControlRoutes.Problem(404, $"There is no demo user \"{asked}\"; they are {string.Join(", ", users.Named.Select(named => named.Name))}.")
            : Reply.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("users");
                foreach (var (name, user) in found)
                {
                    Write(json, name, user);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
    }

    /// <summary>Gives or takes the right to edit associations.</summary>
    public Reply Change(JsonElement body)
    {
        var asked = body.TextOf("user") ?? "";
        if (users.Named.Where(named => named.Name == asked).Select(named => named.User).FirstOrDefault() is not { } user)
        {
            return ControlRoutes.Problem(404, $"There is no demo user \"{asked}\"; they are {string.Join(", ", users.Named.Select(named => named.Name))}.");
        }

        account.LetEditAssociations(user, body.FlagOf("editAssociations", true));
        return Reply.NoContent;
    }

    private void Write(Utf8JsonWriter json, string name, CrmUser user)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("token", $"user-{name}-demo");
        json.WriteString("email", user.Email);
        RecordJson.WriteId(json, "userId", user.UserId);
        RecordJson.WriteId(json, "ownerId", user.OwnerId);
        json.WriteString("role", user.Role.ToString());
        json.WriteString("teamId", user.Team?.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("types");
        foreach (var type in account.Types)
        {
            json.WriteStartObject(type.Name);
            WriteNames(json, "hiddenProperties", FieldRights.HiddenFrom(user, type));
            WriteNames(json, "lockedProperties", FieldRights.LockedFor(user, type));
            json.WriteStartArray("visible");
            foreach (var record in type.Records.All.Where(record => record.IsLive && user.Sees(account.OwnerOf(type, record))))
            {
                json.WriteStringValue(record.Id.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> names)
    {
        json.WriteStartArray(name);
        foreach (var property in names)
        {
            json.WriteStringValue(property);
        }

        json.WriteEndArray();
    }
}
