using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Loading;

/// <summary>Fills one record of a world in before it is kept; what an import would have cut or made a number of, it cuts and makes.</summary>
internal sealed class Seeder
{
    private readonly SObjectType _type;
    private readonly SObjectRow _row;

    public Seeder(SObjectType type, long number, string ownerId, DateTimeOffset created, DateTimeOffset updated)
    {
        _type = type;
        _row = type.Rows.Create(number);
        _row.CreatedDate = Moments.ToSeconds(created);
        _row.LastModifiedDate = _row.SystemModstamp = Moments.ToSeconds(updated < created ? created : updated);
        _row.CreatedById = _row.LastModifiedById = ownerId;
        if (type.OwnerField is { } owner)
        {
            _row[owner] = ownerId;
        }
    }

    public Seeder Set(string field, object? value)
    {
        var known = _type.Field(field);
        _row[known] = value switch
        {
            string text when known.Type != SoqlType.Base64 && known.Length > 0 && text.Trim().Length > known.Length => text.Trim()[..known.Length].TrimEnd(),
            string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
            int number => (decimal)number,
            DateTimeOffset moment => Moments.ToSeconds(moment),
            _ => value,
        };
        return this;
    }

    public SObjectRow Keep()
    {
        foreach (var field in _type.Fields.Where(field => field is { Computed: null, DefaultValue: not null } && field.Type != SoqlType.Boolean && _row[field] is null))
        {
            _row[field] = field.DefaultValue;
        }

        if (_type.TryGetField("Liaison_Key__c", out var key))
        {
            _row[key] = _row.Id;
        }

        _type.Rows.Add(_row);
        return _row;
    }
}
