using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>Reads what a lookup is to point to: an id, or a parent named by an external id.</summary>
internal static class References
{
    public static SalesforceError? Read(UserSchema schema, SObjectField field, object? given, out object? value)
    {
        value = null;
        if (given is null or "")
        {
            return null;
        }

        if (given is RowInput parent)
        {
            return Named(schema, field, parent, out value);
        }

        if (given is not string text || !SalesforceId.TryParse(text.Trim(), out var id))
        {
            return new("MALFORMED_ID", $"{field.Label}: id value of incorrect type: {given}", [field.Name]);
        }

        if (!field.ReferenceTo.Any(target => IsOf(schema.Org, target, id)))
        {
            return new("FIELD_INTEGRITY_EXCEPTION", $"{field.Label}: id value of incorrect type: {text}", [field.Name]);
        }

        value = id;
        return Check(schema, field, schema.Org.Find(id));
    }

    private static SalesforceError? Named(UserSchema schema, SObjectField field, RowInput parent, out object? value)
    {
        value = null;
        var target = parent.Type ?? field.ReferenceTo[0];
        if (parent.Values is not [var (key, wanted)] || wanted?.ToString() is not { } text
            || schema.Find(target) is not { } seen || !seen.TryGetField(key, out var external) || !(external.ExternalId || external.IdLookup))
        {
            return new("INVALID_FIELD", $"Foreign key external ID: {field.RelationshipName} names no external id of {target}", []);
        }

        if (external.Name == "Id")
        {
            return Read(schema, field, text, out value);
        }

        var found = seen.Type.Rows.With(external, text).Where(row => !row.IsDeleted && schema.Sharing.Sees(row)).ToList();
        if (found.Count != 1)
        {
            return new("INVALID_FIELD", $"Foreign key external ID: {text} not found for field {external.Name} in entity {target}", []);
        }

        value = found[0].Id;
        return Check(schema, field, found[0]);
    }

    private static SalesforceError? Check(UserSchema schema, SObjectField field, SObjectRow? target) => target switch
    {
        null or { IsDeleted: true } => new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []),
        _ when !schema.Sharing.Sees(target) => new("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", $"insufficient access rights on cross-reference id: {target.Id[..SalesforceId.Short]}", []),
        { Type.Name: "User" } when field.Name == "OwnerId" && schema.Org.User(target.Id) is not { IsActive: true } =>
            new("INACTIVE_OWNER_OR_USER", $"operation performed with inactive user [{target.Id[..SalesforceId.Short]}] as owner", []),
        _ => null,
    };

    private static bool IsOf(Org org, string target, string id) =>
        org.TryGetType(target, out var type) && type.KeyPrefix is { } prefix && id.StartsWith(prefix, StringComparison.Ordinal);
}
