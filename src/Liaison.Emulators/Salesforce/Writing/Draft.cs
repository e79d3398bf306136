using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.Rights;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>The values of one write, read and checked field by field, before anything is changed.</summary>
/// <param name="row">The record as it stands; <see langword="null"/> for one that is to be made.</param>
internal sealed class Draft(UserObject seen, SObjectRow? row)
{
    private readonly Dictionary<SObjectField, object?> _values = [];
    private readonly HashSet<SObjectField> _given = [];

    public UserObject Seen => seen;

    public SObjectType Type => seen.Type;

    /// <summary>Gets the record as it stands; <see langword="null"/> for one that is to be made.</summary>
    public SObjectRow? Row => row;

    public IReadOnlyDictionary<SObjectField, object?> Values => _values;

    public List<SalesforceError> Errors { get; } = [];

    /// <summary>Tells whether the request itself gave a field, and not a default or a rule.</summary>
    public bool IsGiven(string field) => Type.TryGetField(field, out var known) && _given.Contains(known);

    /// <summary>Gives the value that the field will have.</summary>
    public object? Will(string field) => !Type.TryGetField(field, out var known) ? null
        : _values.TryGetValue(known, out var value) ? value : row?[known];

    public void Set(string field, object? value)
    {
        if (Type.TryGetField(field, out var known))
        {
            _values[known] = value;
        }
    }

    public void Take(UserSchema schema, RowInput input)
    {
        foreach (var (name, given) in input.Values)
        {
            if (given is RowInput && !seen.TryGetField(name, out _) && seen.ParentField(name) is { } reference)
            {
                Take(schema, reference, given, input.IsText);
            }
            else if (!seen.TryGetField(name, out var field))
            {
                Errors.Insert(0, new("INVALID_FIELD", $"No such column '{name}' on sobject of type {Type.Name}"));
                return;
            }
            else
            {
                Take(schema, field, given, input.IsText);
            }
        }
    }

    /// <summary>Holds the draft against what a record must have.</summary>
    public void RequireFields()
    {
        var missing = Type.Fields.Where(field => field.Required && Will(field.Name) is null && (row is null || _values.ContainsKey(field))).Select(field => field.Name).ToList();
        if (missing.Count > 0)
        {
            Errors.Add(new("REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing));
        }
    }

    private void Take(UserSchema schema, SObjectField field, object? given, bool isText)
    {
        if (!(row is null ? seen.CanCreate(field) : seen.CanUpdate(field)))
        {
            Errors.Add(new(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                $"Unable to create/update fields: {field.Name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
                [field.Name]));
            return;
        }

        object? value;
        var error = field.Type == SoqlType.Reference ? References.Read(schema, field, given, out value) : FieldInput.Read(field, given, isText, out value);
        if (error is not null)
        {
            Errors.Add(error);
            return;
        }

        _given.Add(field);
        _values[field] = value;
    }
}
