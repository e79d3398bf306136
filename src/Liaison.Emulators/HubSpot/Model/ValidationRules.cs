namespace Liaison.Emulators.HubSpot.Model;

/// <summary>One rule that the account's administrator laid on a property.</summary>
internal sealed record ValidationRule(string Type, IReadOnlyList<string> Arguments, bool Normalize);

/// <summary>The account's own rules on values, which reject writes from version 2026-09 on (contract sections 0 and 1).</summary>
internal sealed class ValidationRules
{
    private readonly Dictionary<(string TypeId, string Property), List<ValidationRule>> _rules = [];

    public IReadOnlyList<ValidationRule> For(ObjectType type, string property) =>
        _rules.GetValueOrDefault((type.Id, property.ToLowerInvariant()), []);

    public IEnumerable<(string Property, IReadOnlyList<ValidationRule> Rules)> For(ObjectType type) =>
        _rules.Where(entry => entry.Key.TypeId == type.Id).Select(entry => (entry.Key.Property, (IReadOnlyList<ValidationRule>)entry.Value));

    public void Set(ObjectType type, string property, ValidationRule rule)
    {
        var key = (type.Id, property.ToLowerInvariant());
        if (!_rules.TryGetValue(key, out var rules))
        {
            _rules[key] = rules = [];
        }

        rules.RemoveAll(known => known.Type == rule.Type);
        rules.Add(rule);
    }
}
