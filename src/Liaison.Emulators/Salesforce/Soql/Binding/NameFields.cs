using System.Collections.Frozen;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>The generic Name object: what can be asked of a polymorphic reference without TYPEOF (contract section 6.4).</summary>
internal static class NameFields
{
    private static readonly SoqlField TypeField = new("Type", SoqlType.String);

    private static readonly FrozenDictionary<string, SoqlField> ByName = new SoqlField[]
    {
        new("Id", SoqlType.Id),
        new("Name", SoqlType.String),
        TypeField,
        new("FirstName", SoqlType.String),
        new("LastName", SoqlType.String),
        new("Email", SoqlType.Email),
        new("Phone", SoqlType.Phone),
        new("Title", SoqlType.String),
        new("Username", SoqlType.String),
        new("Alias", SoqlType.String),
        new("IsActive", SoqlType.Boolean),
    }.ToFrozenDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] OtherNames = ["Subject", "CaseNumber"];

    public static SoqlField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Reads a generic field of whatever record is there; empty where its object has none such.</summary>
    public static object? Read(SoqlField generic, Found found)
    {
        if (ReferenceEquals(generic, TypeField))
        {
            return found.Object.Name;
        }

        var field = found.Object.Field(generic.Name);
        if (field is null && generic.Name == "Name")
        {
            field = OtherNames.Select(found.Object.Field).FirstOrDefault(other => other is not null);
        }

        return field is null ? null : found.Row.Read(field);
    }
}
