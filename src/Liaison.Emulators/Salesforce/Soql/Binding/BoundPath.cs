using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>A path whose names are looked up: the references to follow, and the field at the end.</summary>
/// <param name="IsGeneric">Whether the field is one of the Name object, so that the record found says which it is.</param>
internal sealed record BoundPath(IReadOnlyList<Hop> Hops, SoqlField Field, bool IsGeneric)
{
    public object? Read(ISoqlRow row)
    {
        if (Hops.Count == 0)
        {
            return row.Read(Field);
        }

        Found? found = null;
        foreach (var hop in Hops)
        {
            found = hop.From(found?.Row ?? row);
            if (found is null)
            {
                return null;
            }
        }

        return IsGeneric ? NameFields.Read(Field, found!.Value) : found!.Value.Row.Read(Field);
    }
}
