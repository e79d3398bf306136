using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.SignIn;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>Tells and changes what users may see and do, so that a test can compare it with what the API shows.</summary>
/// <remarks>
/// <c>GET rights?user=rep-north</c> lists hidden and locked fields and every visible id by object. <c>POST rights</c> {"profile":"Rep",
/// "object":"Contact","hide":["Phone"],"show":[…],"lock":[…],"unlock":[…],"read":true,"create":false,"edit":true,"delete":true,"viewAll":false,
/// "modifyAll":false} changes a profile. <c>POST users</c> {"user":"rep-north","active":false,"frozen":true,"approved":false,"apiEnabled":false,
/// "runAs":true} changes a user.
/// </remarks>
internal sealed class RightsControl(Org org, Permissions permissions, DemoUsers users, Tokens tokens, ClientApp app)
{
    public Reply Read(string asked)
    {
        var found = users.Named.Where(named => asked.Length == 0 || Is(named, asked)).ToList();
        return found.Count == 0
            ? ControlJson.Problem(404, $"There is no demo user \"{asked}\"; they are {string.Join(", ", users.Named.Select(named => named.Name))}.")
            : Reply.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("users");
                foreach (var (name, token, user, _) in found)
                {
                    Write(json, name, token, tokens.Find(token)!.Schema);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
    }

    public Reply ChangeProfile(JsonElement body)
    {
        if (!Enum.TryParse<ProfileKind>(body.TextOf("profile"), ignoreCase: true, out var profile) || !org.TryGetType(body.TextOf("object") ?? "", out var type))
        {
            return ControlJson.Problem(400, "Say which profile (Administrator, Manager, Rep, Minimum) and which object.");
        }

        foreach (var (member, change) in new (string, Action<SObjectField>)[]
        {
            ("hide", field => permissions.SetHidden(profile, type, field, true)), ("show", field => permissions.SetHidden(profile, type, field, false)),
            ("lock", field => permissions.SetLocked(profile, type, field, true)), ("unlock", field => permissions.SetLocked(profile, type, field, false)),
        })
        {
            foreach (var name in body.TextsOf(member))
            {
                if (!type.TryGetField(name, out var field) || !field.Permissionable)
                {
                    return ControlJson.Problem(400, $"Field-level security does not reach {type.Name}.{name}: it is unknown, required or a system field.");
                }

                change(field);
            }
        }

        var user = org.Users.First(each => each.Profile.Standing == profile);
        var now = permissions.Of(user, type);
        permissions.Set(profile, type, new ObjectRights(
            body.FlagOf("read", now.Read), body.FlagOf("create", now.Create), body.FlagOf("edit", now.Edit), body.FlagOf("delete", now.Delete), body.FlagOf("viewAll", now.ViewAll), body.FlagOf("modifyAll", now.ModifyAll)));
        return ControlJson.Done("changed", $"{profile} {type.Name}");
    }

    public Reply ChangeUser(JsonElement body)
    {
        var asked = body.TextOf("user") ?? "";
        var user = users.Named.FirstOrDefault(named => Is(named, asked)).User ?? org.UserNamed(asked);
        if (user is null)
        {
            return ControlJson.Problem(404, $"There is no user \"{asked}\".");
        }

        user.Row.Type.Rows.Set(user.Row, user.Row.Type.Field("IsActive"), body.FlagOf("active", user.IsActive));
        user.Frozen = body.FlagOf("frozen", user.Frozen);
        user.Approved = body.FlagOf("approved", user.Approved);
        user.ApiEnabled = body.FlagOf("apiEnabled", user.ApiEnabled);
        app.RunAs = body.FlagOf("runAs", app.RunAs == user.Username) ? user.Username : app.RunAs == user.Username ? null : app.RunAs;
        org.Revision++;
        return ControlJson.Done("changed", user.Username);
    }

    private static bool Is((string Name, string Token, OrgUser User, string Sees) named, string asked) => asked == named.Name || asked == named.Token
        || string.Equals(asked, named.User.Username, StringComparison.OrdinalIgnoreCase) || asked == named.User.Id;

    private static void Write(Utf8JsonWriter json, string name, string token, UserSchema schema)
    {
        var user = schema.User;
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("token", token);
        json.WriteString("username", user.Username);
        json.WriteString("userId", user.Id);
        json.WriteString("profile", user.Profile.Name);
        json.WriteString("roleId", user.RoleId);
        json.WriteStartObject("objects");
        foreach (var type in schema.Org.Types.Where(type => type.KeyPrefix is not null))
        {
            var seen = schema.Of(type);
            json.WriteStartObject(type.Name);
            json.WriteBoolean("readable", seen is not null);
            ControlJson.WriteNames(json, "hiddenFields", type.Fields.Where(field => !schema.Permissions.Sees(user, type, field)).Select(field => field.Name));
            ControlJson.WriteNames(json, "lockedFields", type.Fields.Where(field => field.Updateable && !schema.Permissions.Edits(user, type, field)).Select(field => field.Name));
            ControlJson.WriteNames(json, "visible", seen?.Rows(withDeleted: false).Select(row => row.Id) ?? []);
            ControlJson.WriteNames(json, "editable", type.Rows.All.Where(row => !row.IsDeleted && schema.Sharing.Edits(row)).Select(row => row.Id));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
