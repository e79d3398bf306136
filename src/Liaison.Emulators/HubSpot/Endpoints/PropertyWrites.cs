using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Making, changing and archiving property definitions and their groups.</summary>
internal sealed partial class PropertyWrites(Refusals refusals, BatchAnswer answer)
{
    private const int MostUnique = 10;
    private static readonly string[] Types = ["bool", "date", "datetime", "enumeration", "number", "phone_number", "string"];

    private static readonly string[] FieldTypes =
        ["booleancheckbox", "calculation_equation", "checkbox", "date", "file", "html", "number", "phonenumber", "radio", "select", "text", "textarea"];

    public Reply Create(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        return Refuse(type, call.Body) ?? Made(type.Add(PropertyInputs.Make(type, call.Body, Instants.ToMilliseconds(call.Now), call.Caller.GrantedBy?.UserId)));
    }

    public Reply CreateMany(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (BatchReads.RefuseSize(refusals, call, BatchReads.Largest) is { } tooMany)
        {
            return tooMany;
        }

        foreach (var input in call.Items("inputs"))
        {
            if (Refuse(type, input) is { } refused)
            {
                return refused;
            }
        }

        var results = call.Items("inputs").Select(input => type.Add(PropertyInputs.Make(type, input, Instants.ToMilliseconds(call.Now), call.Caller.GrantedBy?.UserId)))
            .Select(property => (Action<Utf8JsonWriter>)(json => PropertyJson.Write(json, property))).ToList();
        return answer.Of(call, call.IsSeptember2026 ? 200 : 201, results, []);
    }

    public Reply Update(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        if (!type.TryGetProperty(call["name"], out var property))
        {
            return PropertyReads.NotFound(refusals, call["name"]);
        }

        if (property.HubSpotDefined && call.Body.MemberOf("options").ValueKind != JsonValueKind.Array)
        {
            return refusals.Validation($"The definition of {property.Name} is read only.");
        }

        PropertyInputs.Apply(property, call.Body, Instants.ToMilliseconds(call.Now));
        return Reply.Ok(json => PropertyJson.Write(json, property));
    }

    public Reply Archive(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        return Archive(call, type, call["name"]);
    }

    public Reply ArchiveMany(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out var type))
        {
            return refusals.UnknownType(call["type"]);
        }

        foreach (var input in call.Items("inputs"))
        {
            Archive(call, type, input.TextOf("name") ?? "");
        }

        return Reply.NoContent;
    }

    public Reply CreateGroup(Call call) => WithGroup(call, call.Text("name") ?? "", (type, name, at) =>
    {
        if (at >= 0)
        {
            return refusals.Conflict($"A property group named {name} already exists.");
        }

        var group = new PropertyGroup(name, call.Text("label") ?? name, call.Body.NumberOf("displayOrder", -1));
        type.Groups.Add(group);
        return new Reply(201, json => PropertyReads.WriteGroup(json, group));
    });

    public Reply UpdateGroup(Call call) => WithGroup(call, call["group"], (type, name, at) =>
    {
        if (at < 0)
        {
            return refusals.NotFound($"No property group named {name} exists.");
        }

        var group = type.Groups[at] = type.Groups[at] with
        {
            Label = call.Text("label") ?? type.Groups[at].Label,
            DisplayOrder = call.Body.NumberOf("displayOrder", type.Groups[at].DisplayOrder),
        };
        return Reply.Ok(json => PropertyReads.WriteGroup(json, group));
    });

    public Reply ArchiveGroup(Call call) => WithGroup(call, call["group"], (type, name, at) =>
    {
        if (type.Properties.Any(property => property.GroupName == name && property.ArchivedAt is null))
        {
            return refusals.Validation($"The property group {name} still has properties.");
        }

        if (at >= 0)
        {
            type.Groups.RemoveAt(at);
        }

        return Reply.NoContent;
    });

    private Reply WithGroup(Call call, string name, Func<ObjectType, string, int, Reply> work) =>
        call.Account.TryGetType(call["type"], out var type)
            ? work(type, name, type.Groups.FindIndex(group => group.Name == name))
            : refusals.UnknownType(call["type"]);

    private Reply Archive(Call call, ObjectType type, string name)
    {
        if (!type.TryGetProperty(name, out var property))
        {
            return PropertyReads.NotFound(refusals, name);
        }

        if (property.HubSpotDefined)
        {
            return refusals.Validation($"The property {name} cannot be archived.");
        }

        property.ArchivedAt = property.UpdatedAt = Instants.ToMilliseconds(call.Now);
        return Reply.NoContent;
    }

    /// <summary>Refuses a definition that cannot be made.</summary>
    /// <param name="type">The type that is to get it; <see langword="null"/> where that is made in the same request.</param>
    public Reply? Refuse(ObjectType? type, JsonElement given)
    {
        var name = given.TextOf("name") ?? "";
        if (!NamePattern().IsMatch(name))
        {
            return refusals.Validation($"The name \"{name}\" must begin with a letter and hold lowercase letters, digits and underscores only.");
        }

        if (type?.TryGetProperty(name, out _) == true)
        {
            return refusals.Conflict($"A property named '{name}' already exists.");
        }

        if (!Types.Contains(given.TextOf("type")) || !FieldTypes.Contains(given.TextOf("fieldType")) || string.IsNullOrEmpty(given.TextOf("label")))
        {
            return refusals.InvalidJson("some required fields were not set or hold no known value: [label, type, fieldType]");
        }

        if (type is null)
        {
            return null;
        }

        if (!type.Groups.Exists(group => group.Name == given.TextOf("groupName")))
        {
            return refusals.Validation($"Property group {given.TextOf("groupName")} does not exist.");
        }

        return given.FlagOf("hasUniqueValue", false) && type.Properties.Count(property => property.HasUniqueValue && !property.HubSpotDefined) >= MostUnique
            ? refusals.Validation($"No more than {MostUnique} properties of an object may have unique values.")
            : null;
    }

    private static Reply Made(PropertyDefinition property) => new(201, json => PropertyJson.Write(json, property));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
