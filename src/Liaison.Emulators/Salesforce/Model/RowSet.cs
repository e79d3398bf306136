using System.Diagnostics.CodeAnalysis;

namespace Liaison.Emulators.Salesforce.Model;

/// <summary>The records of one object in the order of their ids, with an index for each field that was ever looked up by.</summary>
internal sealed class RowSet(SObjectType type)
{
    private readonly List<SObjectRow> _ordered = [];
    private readonly Dictionary<long, SObjectRow> _byNumber = [];
    private readonly Dictionary<SObjectField, FieldIndex> _indexes = [];

    public int Count => _ordered.Count;

    public IReadOnlyList<SObjectRow> All => _ordered;

    private long Next { get; set; } = 1;

    /// <summary>Makes a record with the next id, or with the id of a number that a world gave it.</summary>
    public SObjectRow Create(long? number = null)
    {
        var own = number ?? Next;
        Next = Math.Max(Next, own + 1);
        return new SObjectRow(type, own, SalesforceId.Make(type.KeyPrefix!, own));
    }

    public void Add(SObjectRow row)
    {
        _byNumber.Add(row.Number, row);
        if (_ordered.Count == 0 || _ordered[^1].Number < row.Number)
        {
            _ordered.Add(row);
        }
        else
        {
            _ordered.Insert(~_ordered.BinarySearch(row, ByNumber.Instance), row);
        }

        foreach (var (field, index) in _indexes)
        {
            index.Add(row[field], row);
        }
    }

    /// <summary>Takes a record away for good, as an undone creation or a purge does.</summary>
    public void Remove(SObjectRow row)
    {
        _byNumber.Remove(row.Number);
        _ordered.RemoveAt(_ordered.BinarySearch(row, ByNumber.Instance));
        foreach (var (field, index) in _indexes)
        {
            index.Remove(row[field], row);
        }
    }

    /// <summary>Changes a stored value and the indexes over it.</summary>
    public void Set(SObjectRow row, SObjectField field, object? value)
    {
        if (_indexes.TryGetValue(field, out var index) && _byNumber.ContainsKey(row.Number))
        {
            index.Remove(row[field], row);
            row[field] = value;
            index.Add(value, row);
            return;
        }

        row[field] = value;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out SObjectRow? row)
    {
        row = null;
        return type.KeyPrefix is { } prefix && id.StartsWith(prefix, StringComparison.Ordinal)
            && SalesforceId.NumberOf(id) is { } number && _byNumber.TryGetValue(number, out row);
    }

    /// <summary>Gives the records that hold a value in a stored field, in the order of their ids; case does not matter.</summary>
    public IReadOnlyList<SObjectRow> With(SObjectField field, string value)
    {
        if (!_indexes.TryGetValue(field, out var index))
        {
            _indexes[field] = index = new FieldIndex();
            foreach (var row in _ordered)
            {
                index.Add(row[field], row);
            }
        }

        return index.Find(value);
    }

    private sealed class ByNumber : IComparer<SObjectRow>
    {
        public static ByNumber Instance { get; } = new();

        public int Compare(SObjectRow? x, SObjectRow? y) => x!.Number.CompareTo(y!.Number);
    }

    private sealed class FieldIndex
    {
        private readonly Dictionary<string, List<SObjectRow>> _byValue = new(StringComparer.OrdinalIgnoreCase);

        public List<SObjectRow> Find(string value) => _byValue.GetValueOrDefault(value) ?? [];

        public void Add(object? value, SObjectRow row)
        {
            if (KeyOf(value) is not { } key)
            {
                return;
            }

            if (!_byValue.TryGetValue(key, out var rows))
            {
                _byValue[key] = rows = new List<SObjectRow>(1);
            }

            var at = rows.BinarySearch(row, ByNumber.Instance);
            if (at < 0)
            {
                rows.Insert(~at, row);
            }
        }

        public void Remove(object? value, SObjectRow row)
        {
            if (KeyOf(value) is { } key && _byValue.TryGetValue(key, out var rows))
            {
                rows.Remove(row);
            }
        }

        private static string? KeyOf(object? value) => value switch
        {
            null => null,
            string text => text,
            decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }
}
