namespace Liaison.Emulators.HubSpot.Model;

/// <summary>A label that the pair of types offers, seen from one end.</summary>
/// <param name="Label">What people read; <see langword="null"/> for the plain association.</param>
/// <param name="Inverse">The id of the same label from the other end.</param>
internal sealed record AssociationLabel(AssociationKind Kind, string? Label, string Name, int Inverse);

/// <summary>The association types between object types: HubSpot's directional ids and the account's own labels.</summary>
internal sealed class AssociationCatalog
{
    private readonly Dictionary<(string From, string To), List<AssociationLabel>> _labels = [];
    private int _nextOwn = 101;

    public AssociationCatalog()
    {
        foreach (var (a, b, forward, back, primaryForward, primaryBack) in AssociationTable.Rows)
        {
            Add(a, b, AssociationKind.HubSpotDefined, forward, back, null, primaryForward != 0 ? "_unlabeled" : "");
            if (primaryForward != 0)
            {
                Add(a, b, AssociationKind.HubSpotDefined, primaryForward, primaryBack, "Primary", "");
            }
        }

        var (down, up) = AssociationTable.CompanyTree;
        Put("company", "company", new AssociationLabel(new AssociationKind(AssociationKind.HubSpotDefined, down), "Child Company", "parent_to_child_company", up));
        Put("company", "company", new AssociationLabel(new AssociationKind(AssociationKind.HubSpotDefined, up), "Parent Company", "child_to_parent_company", down));
    }

    /// <summary>Lists the labels of a pair; a pair that nothing is known of gets a plain association of its own.</summary>
    public IReadOnlyList<AssociationLabel> Between(ObjectType from, ObjectType to)
    {
        if (!_labels.TryGetValue((from.Singular, to.Singular), out var labels))
        {
            // Pairs with a custom object get ids that the account makes.
            var (forward, back) = (_nextOwn++, from == to ? _nextOwn - 1 : _nextOwn++);
            Add(from.Singular, to.Singular, AssociationKind.UserDefined, forward, back, null, "");
            labels = _labels[(from.Singular, to.Singular)];
        }

        return labels;
    }

    /// <summary>Names the labels that the account made for a pair; asking makes nothing.</summary>
    public List<string> OwnLabels(ObjectType from, ObjectType to) =>
        [.. _labels.GetValueOrDefault((from.Singular, to.Singular), []).Where(label => label.Kind.Category == AssociationKind.UserDefined).Select(label => label.Label).OfType<string>()];

    /// <summary>Finds the plain association of a pair.</summary>
    public AssociationLabel Default(ObjectType from, ObjectType to) => Between(from, to).First(label => label.Label is null);

    public AssociationLabel? Find(ObjectType from, ObjectType to, AssociationKind kind) =>
        Between(from, to).FirstOrDefault(label => label.Kind == kind);

    /// <summary>Makes a label of the account's own in both directions.</summary>
    public AssociationLabel AddOwn(ObjectType from, ObjectType to, string label, string? inverseLabel, string name)
    {
        _ = Between(from, to);
        var forward = _nextOwn++;
        var back = from == to && inverseLabel is null ? forward : _nextOwn++;
        _labels[(from.Singular, to.Singular)].Add(
            new AssociationLabel(new AssociationKind(AssociationKind.UserDefined, forward), label, name, back));
        if (back != forward)
        {
            _ = Between(to, from);
            _labels[(to.Singular, from.Singular)].Add(
                new AssociationLabel(new AssociationKind(AssociationKind.UserDefined, back), inverseLabel ?? label, name, forward));
        }

        return _labels[(from.Singular, to.Singular)][^1];
    }

    public bool Rename(ObjectType from, ObjectType to, int typeId, string label)
    {
        var labels = _labels.GetValueOrDefault((from.Singular, to.Singular), []);
        var at = labels.FindIndex(known => known.Kind.TypeId == typeId && known.Kind.Category == AssociationKind.UserDefined);
        if (at >= 0)
        {
            labels[at] = labels[at] with { Label = label };
        }

        return at >= 0;
    }

    public bool RemoveOwn(ObjectType from, ObjectType to, int typeId)
    {
        var own = new AssociationKind(AssociationKind.UserDefined, typeId);
        if (Find(from, to, own) is not { Label: not null } label)
        {
            return false;
        }

        _labels[(from.Singular, to.Singular)].Remove(label);
        _labels[(to.Singular, from.Singular)].RemoveAll(known => known.Kind.TypeId == label.Inverse);
        return true;
    }

    private void Add(string a, string b, string category, int forward, int back, string? label, string suffix)
    {
        Put(a, b, new AssociationLabel(new AssociationKind(category, forward), label, $"{a}_to_{b}{suffix}", back));
        if (a != b || forward != back)
        {
            Put(b, a, new AssociationLabel(new AssociationKind(category, back), label, $"{b}_to_{a}{suffix}", forward));
        }
    }

    private void Put(string from, string to, AssociationLabel label)
    {
        if (!_labels.TryGetValue((from, to), out var labels))
        {
            _labels[(from, to)] = labels = [];
        }

        // Primary first, as recordings show it.
        labels.Insert(label.Label is null ? labels.Count : 0, label);
    }
}
