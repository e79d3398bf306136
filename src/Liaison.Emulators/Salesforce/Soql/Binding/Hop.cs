using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>One step from a record to the one that a reference field holds.</summary>
/// <param name="Target">The object there; <see langword="null"/> where the id's prefix decides (Who, What, an owner that may be a queue).</param>
internal sealed record Hop(BindContext Context, SoqlField Reference, ISoqlObject? Target)
{
    /// <summary>Follows the reference; <see langword="null"/> where it is empty or leads to what the user cannot see.</summary>
    public Found? From(ISoqlRow row)
    {
        if (row.Read(Reference) is not string { Length: >= 15 } id || (Target ?? Context.Schema.FindByPrefix(id.AsSpan(0, 3))) is not { } target)
        {
            return null;
        }

        return target.Row(id, Context.WithDeleted) is { } found ? new Found(target, found) : null;
    }
}

/// <summary>A record and the object that it belongs to.</summary>
internal readonly record struct Found(ISoqlObject Object, ISoqlRow Row);
