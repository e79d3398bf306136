using System.Globalization;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>One line of a table: a field, and for a reference the name by which its target asks for the records that point there.</summary>
internal sealed record FieldLine(SObjectField Field, string? Children, bool Cascade, bool Restrict);

/// <summary>Reads field definitions from the compact tables of this folder.</summary>
/// <remarks>
/// A line is name|type|label|flags, then marks. A type may carry its length, its digits, or precision.scale. Flags are Createable,
/// Updateable, Nillable, Defaulted on create, Filterable, Sortable, Groupable, Aggregatable, Id lookup, eXternal id, uniQue,
/// Restricted picklist, Permissionable (field-level security can hide it). Marks: in= compound, extra= type, to= types, rel= relationship,
/// kids= name of the way back (an asterisk stands for the plural of the child), poly, name, auto (numbered), pre (search), ctl= controlling field,
/// picks= values as value:label, an asterisk for the default, /0 2 for the controlling values that offer it, @ for a shared list.
/// <c>@system</c> stands for the five stamps, <c>@shared</c> for what activities share.
/// </remarks>
internal static class FieldTable
{
    private const string System = """
        CreatedDate|datetime|Created Date|DFSA
        CreatedById|reference|Created By ID|DFSGA|to=User|rel=CreatedBy
        LastModifiedDate|datetime|Last Modified Date|DFSA
        LastModifiedById|reference|Last Modified By ID|DFSGA|to=User|rel=LastModifiedBy
        SystemModstamp|datetime|System Modstamp|DFSA
        """;

    private static readonly Dictionary<string, SoqlType> Types = Enum.GetValues<SoqlType>().ToDictionary(Spelling, StringComparer.Ordinal);

    /// <summary>Spells a type as describe does.</summary>
    public static string Spelling(SoqlType type) => type == SoqlType.AnyType ? "anyType" : type.ToString().ToLowerInvariant();

    /// <summary>Finds a type by its spelling in describe.</summary>
    public static bool TryGetType(string spelling, out SoqlType type) => Types.TryGetValue(spelling, out type);

    public static IEnumerable<FieldLine> Read(string table) =>
        table.Replace("@system", System, StringComparison.Ordinal).Replace("@shared", ActivityFields.Shared, StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => Line(line.Split('|')));

    /// <summary>Reads a list of picklist values.</summary>
    public static IReadOnlyList<PicklistValue> Values(string list) =>
    [
        .. (list.StartsWith('@') ? Picklists.Named(list[1..]) : list).Split(',').Select(Value),
    ];

    private static FieldLine Line(string[] cells)
    {
        var (type, size) = cells[1].Split(' ') is [var name, var given] ? (Types[name], given) : (Types[cells[1]], "0");
        var (flags, marks) = (cells[3], cells[4..]);
        var sizes = size.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var kids = Mark(marks, "kids=")?.Split(',');
        var picks = Mark(marks, "picks=") is { } list ? Values(list) : [];
        var field = new SObjectField
        {
            Name = cells[0],
            Label = cells[2],
            Type = type,
            Length = type is SoqlType.Id or SoqlType.Reference ? SalesforceId.Long : sizes.Length == 1 && type != SoqlType.Int ? sizes[0] : 0,
            Digits = type == SoqlType.Int ? sizes[0] : 0,
            Precision = sizes.Length == 2 ? sizes[0] : 0,
            Scale = sizes.Length == 2 ? sizes[1] : 0,
            Createable = flags.Contains('C', StringComparison.Ordinal),
            Updateable = flags.Contains('U', StringComparison.Ordinal),
            Nillable = flags.Contains('N', StringComparison.Ordinal),
            DefaultedOnCreate = flags.Contains('D', StringComparison.Ordinal),
            Filterable = flags.Contains('F', StringComparison.Ordinal),
            Sortable = flags.Contains('S', StringComparison.Ordinal),
            Groupable = flags.Contains('G', StringComparison.Ordinal),
            Aggregatable = flags.Contains('A', StringComparison.Ordinal),
            IdLookup = flags.Contains('I', StringComparison.Ordinal),
            ExternalId = flags.Contains('X', StringComparison.Ordinal),
            Unique = flags.Contains('Q', StringComparison.Ordinal),
            RestrictedPicklist = flags.Contains('R', StringComparison.Ordinal),
            Permissionable = flags.Contains('P', StringComparison.Ordinal),
            NameField = marks.Contains("name"),
            Polymorphic = marks.Contains("poly"),
            SearchPrefilterable = marks.Contains("pre"),
            AutoNumber = marks.Contains("auto"),
            CompoundFieldName = Mark(marks, "in="),
            ExtraTypeInfo = Mark(marks, "extra="),
            ReferenceTo = Mark(marks, "to=")?.Split(',') ?? [],
            RelationshipName = Mark(marks, "rel="),
            ControllerName = Mark(marks, "ctl="),
            Picklist = picks,
            DefaultValue = picks.FirstOrDefault(pick => pick.IsDefault)?.Value ?? (type == SoqlType.Boolean ? "false" : null),
        };
        return new FieldLine(field, kids?[0], kids?.Contains("cascade") == true, kids?.Contains("restrict") == true);
    }

    private static string? Mark(string[] marks, string prefix) =>
        Array.Find(marks, mark => mark.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];

    private static PicklistValue Value(string text)
    {
        var isDefault = text.EndsWith('*');
        var given = text.TrimEnd('*');
        var slash = given.LastIndexOf('/');
        int[]? validFor = slash > 0 && slash + 1 < given.Length && char.IsAsciiDigit(given[slash + 1])
            ? [.. given[(slash + 1)..].Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture))]
            : null;
        if (validFor is not null)
        {
            given = given[..slash];
        }

        return given.Split(':', 2) is [var value, var label] ? new(value, label, isDefault, ValidFor: validFor) : new(given, given, isDefault, ValidFor: validFor);
    }
}
