using Liaison.Emulators.Salesforce.Soql.Schema;
using Liaison.Emulators.Salesforce.Soql.Syntax;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>What one FROM brings into sight: its object, its aliases, and the paths from there.</summary>
internal sealed class Scope
{
    private const int FarthestParent = 5;

    private readonly BindContext _context;
    private readonly HashSet<string> _ownNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SoqlPath> _joins = new(StringComparer.OrdinalIgnoreCase);

    public Scope(BindContext context, ISoqlObject source, SoqlSource from, IEnumerable<SoqlJoin> joins)
    {
        _context = context;
        Object = source;
        _ownNames.Add(source.Name);
        if (from.Alias is { } alias)
        {
            _ownNames.Add(alias);
        }

        foreach (var join in joins)
        {
            _joins[join.Alias] = join.Path;
        }
    }

    public ISoqlObject Object { get; }

    /// <summary>Finds the object that a statement reads.</summary>
    public static ISoqlObject? Find(BindContext context, SoqlSource source)
    {
        var found = context.Schema.Find(source.Name);
        if (found is null)
        {
            context.Refuse(
                "INVALID_TYPE",
                source.Mark.Offset,
                $"sObject type '{source.Name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.");
        }

        return found;
    }

    /// <summary>Looks a path up; <see langword="null"/> with the fault set where the user's view has none such.</summary>
    public BoundPath? Path(SoqlPath path)
    {
        var parts = Unqualified(path);
        var hops = Hops(parts.AsSpan(0, parts.Length - 1), path.Mark.Offset);
        if (hops is null)
        {
            return null;
        }

        var isGeneric = hops.Count > 0 && hops[^1].Target is null;
        var target = hops.Count == 0 ? Object : hops[^1].Target;
        var field = isGeneric ? NameFields.Find(parts[^1]) : target!.Field(parts[^1]);
        if (field is null)
        {
            _context.Refuse("INVALID_FIELD", path.Mark.Offset, NoSuchColumn(parts[^1], isGeneric ? "Name" : target!.Name));
            return null;
        }

        return new BoundPath(hops, field, isGeneric);
    }

    /// <summary>The sentence that a hidden field and a misspelt one get alike (contract section 6.4).</summary>
    public static string NoSuchColumn(string name, string entity) =>
        $"No such column '{name}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

    /// <summary>Makes the step along a relationship of an object; <see langword="null"/> where it has none of that name.</summary>
    public static Hop? Step(BindContext context, ISoqlObject from, string relationship)
    {
        if (from.Parent(relationship) is not { } reference)
        {
            return null;
        }

        if (reference.NamePointing || reference.ReferenceTo.Count != 1)
        {
            return new Hop(context, reference, Target: null);
        }

        return context.Schema.Find(reference.ReferenceTo[0]) is { } target ? new Hop(context, reference, target) : null;
    }

    /// <summary>Takes the source's own name off a path, and puts what an alias stands for in its place.</summary>
    private string[] Unqualified(SoqlPath path)
    {
        string[] parts = [.. path.Parts];
        if (parts.Length == 1)
        {
            return parts;
        }

        if (_joins.TryGetValue(parts[0], out var joined))
        {
            return Unqualified(new SoqlPath([.. joined.Parts, .. parts[1..]], path.Mark));
        }

        // A relationship wins over the object's own name: Parent and Account can be both.
        return _ownNames.Contains(parts[0]) && Object.Parent(parts[0]) is null ? parts[1..] : parts;
    }

    private List<Hop>? Hops(ReadOnlySpan<string> relationships, int at)
    {
        if (relationships.Length > FarthestParent)
        {
            _context.Refuse("MALFORMED_QUERY", at, $"SOQL statements cannot reach more than {FarthestParent} levels of parents.");
            return null;
        }

        var hops = new List<Hop>();
        var from = Object;
        foreach (var relationship in relationships)
        {
            if (from is null || Step(_context, from, relationship) is not { } hop)
            {
                _context.Refuse(
                    "INVALID_FIELD",
                    at,
                    $"Didn't understand relationship '{relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.");
                return null;
            }

            hops.Add(hop);
            from = hop.Target;
        }

        return hops;
    }
}
