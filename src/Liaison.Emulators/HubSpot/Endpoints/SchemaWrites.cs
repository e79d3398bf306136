using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Catalog;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Making, changing and removing the customer's own object types.</summary>
internal sealed partial class SchemaWrites(Refusals refusals, PropertyWrites properties)
{
    private const int MostCustomTypes = 10;

    private static readonly string[] Lists = ["requiredProperties", "searchableProperties", "secondaryDisplayProperties"];

    public Reply Create(Call call)
    {
        var labels = call.Body.MemberOf("labels");
        var (name, singular, plural) = (call.Text("name") ?? "", labels.TextOf("singular"), labels.TextOf("plural"));
        if (!NamePattern().IsMatch(name) || string.IsNullOrEmpty(singular) || string.IsNullOrEmpty(plural) || !call.Items("properties").Any())
        {
            return refusals.InvalidJson("some required fields were not set or hold no fitting value: [name, labels, properties]");
        }

        var custom = call.Account.Types.Where(type => type.Custom is not null).ToList();
        if (custom.Exists(type => type.Custom!.ShortName == name))
        {
            return refusals.Conflict($"An object type named {name} already exists.");
        }

        if (custom.Count >= MostCustomTypes)
        {
            return refusals.Validation($"The account has its {MostCustomTypes} custom object types.");
        }

        if (call.Items("properties").Select(given => properties.Refuse(null, given)).FirstOrDefault(refused => refused is not null) is { } wrong)
        {
            return wrong;
        }

        var known = call.Items("properties").Select(given => given.TextOf("name") ?? "").ToList();
        var named = Lists.SelectMany(list => call.Body.TextsOf(list)).Append(call.Text("primaryDisplayProperty") ?? known[0]);
        if (named.FirstOrDefault(property => !known.Contains(property)) is { } missing)
        {
            return refusals.Validation($"The property {missing} is named but not defined.");
        }

        var made = Make(call, name, new CustomSchema(
            name, singular, plural, call.Text("primaryDisplayProperty") ?? known[0], Instants.ToMilliseconds(call.Now))
        {
            Description = call.Text("description"),
            SecondaryDisplayProperties = call.Body.TextsOf("secondaryDisplayProperties"),
            AllowsSensitiveProperties = call.Body.FlagOf("allowsSensitiveProperties", otherwise: false),
        });
        return new Reply(201, json => Schemas.Write(json, call, made));
    }

    public Reply Patch(Call call) => WithCustom(call, (type, custom) =>
    {
        var labels = call.Body.MemberOf("labels");
        type.RequiredProperties = Given(call, "requiredProperties", type.RequiredProperties);
        type.SearchableProperties = Given(call, "searchableProperties", type.SearchableProperties);
        type.Custom = custom with
        {
            SingularLabel = labels.TextOf("singular") ?? custom.SingularLabel,
            PluralLabel = labels.TextOf("plural") ?? custom.PluralLabel,
            PrimaryDisplayProperty = call.Text("primaryDisplayProperty") ?? custom.PrimaryDisplayProperty,
            SecondaryDisplayProperties = Given(call, "secondaryDisplayProperties", custom.SecondaryDisplayProperties),
            Description = call.Body.FlagOf("clearDescription", otherwise: false) ? null : call.Text("description") ?? custom.Description,
            UpdatedAt = Instants.ToMilliseconds(call.Now),
        };
        return Reply.Ok(json => Schemas.Write(json, call, type, definitionOnly: true));
    });

    public Reply Delete(Call call) => WithCustom(call, (type, _) =>
    {
        if (type.Records.Live.Any())
        {
            return refusals.Validation("An object type that has records cannot be deleted.");
        }

        call.Account.Remove(type);
        return Reply.NoContent;
    });

    public Reply Associate(Call call)
    {
        if (!call.Account.TryGetType(call["type"], out _)
            || !call.Account.TryGetType(call.Text("fromObjectTypeId") ?? "", out var from) || !call.Account.TryGetType(call.Text("toObjectTypeId") ?? "", out var to))
        {
            return refusals.Validation("fromObjectTypeId and toObjectTypeId must be types of this account.");
        }

        if (call.Account.Definitions.Exists(known => known.From == from && known.To == to && known.Name == (call.Text("name") ?? known.Name)))
        {
            return refusals.Conflict("The association is defined already.");
        }

        var kind = call.Account.Associations.Default(from, to).Kind;
        var made = new AssociationDefinition(
            kind.TypeId.ToString(CultureInfo.InvariantCulture), from, to, call.Text("name") ?? $"{from.Singular}_to_{to.Singular}", Instants.ToMilliseconds(call.Now));
        call.Account.Definitions.Add(made);
        return new Reply(201, json => Schemas.Write(json, made));
    }

    public Reply Dissociate(Call call)
    {
        var removed = call.Account.TryGetType(call["type"], out var type)
            ? call.Account.Definitions.RemoveAll(known => (known.From == type || known.To == type) && (known.Id == call["association"] || known.Name == call["association"]))
            : 0;
        return removed > 0 ? Reply.NoContent : refusals.NotFound($"No association {call["association"]} is defined.");
    }

    private static IReadOnlyList<string> Given(Call call, string name, IReadOnlyList<string> otherwise) =>
        call.Body.MemberOf(name).ValueKind == JsonValueKind.Array ? call.Body.TextsOf(name) : otherwise;

    private static ObjectType Make(Call call, string name, CustomSchema custom)
    {
        var account = call.Account;
        var number = account.NextCustomType();
        var type = new ObjectType
        {
            Name = $"p{account.PortalId}_{name}",
            Id = string.Create(CultureInfo.InvariantCulture, $"2-{number}"),
            Singular = $"p_{name}",
            Records = new RecordSet(HubSpotIds.FirstOfCustomType(number) + 1),
            DefaultProperties = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id", custom.PrimaryDisplayProperty],
            RequiredProperties = call.Body.TextsOf("requiredProperties"),
            SearchableProperties = call.Body.TextsOf("searchableProperties") is { Count: > 0 } searchable ? searchable : [custom.PrimaryDisplayProperty],
            ScopeFamily = "custom",
            Custom = custom,
        };
        ObjectTypes.Add(account, custom.CreatedAt, type, $"{name}_information", ActivityProperties.CustomMoments);
        foreach (var given in call.Items("properties"))
        {
            type.Add(PropertyInputs.Make(type, given, custom.CreatedAt, call.Caller.GrantedBy?.UserId));
        }

        foreach (var far in call.Body.TextsOf("associatedObjects"))
        {
            if (account.TryGetType(far, out var to))
            {
                account.Definitions.Add(new AssociationDefinition(
                    account.Associations.Default(type, to).Kind.TypeId.ToString(CultureInfo.InvariantCulture), type, to, $"{name}_to_{to.Singular}", custom.CreatedAt));
            }
        }

        return type;
    }

    private Reply WithCustom(Call call, Func<ObjectType, CustomSchema, Reply> work) =>
        !call.Account.TryGetType(call["type"], out var type) ? refusals.UnknownType(call["type"])
        : type.Custom is { } custom ? work(type, custom)
        : refusals.Validation($"The object type {type.Name} is HubSpot's own.");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
