using Liaison.Model;

namespace Liaison.Writeback.Checks;

/// <summary>What a text field says of a person, as far as there is a form to keep.</summary>
internal enum PersonalKind
{
    Other,
    Email,
    Phone,
    Country,
    Domain,
}

/// <summary>Tells by its name what a field holds; labels are left alone, since they are in any language and change.</summary>
internal static class PersonalKinds
{
    private static readonly (string Ending, PersonalKind Kind)[] Endings =
    [
        ("email", PersonalKind.Email), ("emailaddress", PersonalKind.Email),
        ("phone", PersonalKind.Phone), ("phonenumber", PersonalKind.Phone), ("mobile", PersonalKind.Phone), ("fax", PersonalKind.Phone),
        ("country", PersonalKind.Country),
        ("domain", PersonalKind.Domain),
    ];

    public static PersonalKind Of(FieldDefinition field) => Of(field.Name) is var known and not PersonalKind.Other ? known : Of(field.NativeName);

    private static PersonalKind Of(string name)
    {
        // Salesforce ends its custom fields in __c, Dataverse numbers its addresses and telephones.
        var bare = (name.EndsWith("__c", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name)
            .TrimEnd("0123456789_".ToCharArray())
            .Replace("_", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal);
        return Endings.FirstOrDefault(each => bare.EndsWith(each.Ending, StringComparison.OrdinalIgnoreCase)).Kind;
    }
}
