using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

/// <summary>A small org in memory, as one user sees it.</summary>
internal sealed class SoqlOrg : ISoqlSchema
{
    public static readonly DateTimeOffset Now = new(2026, 5, 14, 22, 30, 0, TimeSpan.Zero); // A Thursday; in Berlin it is Friday already.

    private readonly Dictionary<string, SoqlTable> _tables = new(StringComparer.OrdinalIgnoreCase);

    public SoqlLocale Locale { get; init; } = new(Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), FiscalStartMonth: 2, UserId: Id("005", 1));

    public SoqlTable this[string name] => _tables[name];

    public IEnumerable<SoqlTable> Tables => _tables.Values;

    public static string Id(string prefix, int number) => SoqlIds.Normalize($"{prefix}{number:D12}")!;

    public SoqlTable Add(string name, string prefix, params SoqlField[] fields) =>
        _tables[name] = new SoqlTable(this, name, prefix, [new SoqlField("Id", SoqlType.Id), .. fields, new SoqlField("IsDeleted", SoqlType.Boolean)]);

    public ISoqlObject? Find(string name) => _tables.GetValueOrDefault(name);

    public ISoqlObject? FindByPrefix(ReadOnlySpan<char> prefix)
    {
        foreach (var table in _tables.Values)
        {
            if (prefix.SequenceEqual(table.Prefix))
            {
                return table;
            }
        }

        return null;
    }

    /// <summary>Fills an org with accounts, contacts, deals, tasks and users.</summary>
    public static SoqlOrg Sample()
    {
        var org = new SoqlOrg();
        var users = org.Add("User", "005", Text("Name"), Text("Username"), new SoqlField("IsActive", SoqlType.Boolean));
        org.Add("Group", "00G", Text("Name"));
        var accounts = org.Add(
            "Account",
            "001",
            Text("Name"),
            new SoqlField("Industry", SoqlType.Picklist) { Labels = new Dictionary<string, string> { ["Tech"] = "Technology" } },
            new SoqlField("Interests__c", SoqlType.MultiPicklist) { IsCustom = true },
            new SoqlField("AnnualRevenue", SoqlType.Currency),
            new SoqlField("NumberOfEmployees", SoqlType.Int),
            new SoqlField("Description", SoqlType.TextArea) { Length = 32_000, Filterable = false, Sortable = false, Groupable = false },
            new SoqlField("BillingAddress", SoqlType.Address),
            new SoqlField("IsPartner", SoqlType.Boolean),
            Reference("OwnerId", "Owner", "User"),
            Reference("ParentId", "Parent", "Account"),
            new SoqlField("CreatedDate", SoqlType.DateTime));
        var contacts = org.Add(
            "Contact",
            "003",
            Text("LastName"),
            Text("Title"),
            new SoqlField("Email", SoqlType.Email),
            new SoqlField("Birthdate", SoqlType.Date),
            Reference("AccountId", "Account", "Account"));
        var deals = org.Add(
            "Opportunity",
            "006",
            Text("Name"),
            Text("StageName"),
            new SoqlField("Amount", SoqlType.Currency),
            new SoqlField("Probability", SoqlType.Percent),
            new SoqlField("CloseDate", SoqlType.Date),
            new SoqlField("CreatedDate", SoqlType.DateTime),
            Reference("AccountId", "Account", "Account"));
        var tasks = org.Add(
            "Task",
            "00T",
            Text("Subject"),
            new SoqlField("WhoId", SoqlType.Reference) { Relationship = "Who", ReferenceTo = ["Contact", "Lead"], NamePointing = true },
            new SoqlField("WhatId", SoqlType.Reference) { Relationship = "What", ReferenceTo = ["Account", "Opportunity"], NamePointing = true },
            new SoqlField("ReminderTime", SoqlType.Time));
        accounts.Children["Contacts"] = ("Contact", "AccountId");
        accounts.Children["Opportunities"] = ("Opportunity", "AccountId");
        accounts.Children["ChildAccounts"] = ("Account", "ParentId");

        users.Insert(("Name", "Ada"), ("Username", "ada@house.test"), ("IsActive", true));
        users.Insert(("Name", "Bob"), ("Username", "bob@house.test"), ("IsActive", null));
        accounts.Insert(
            ("Name", "Acme"), ("Industry", "Tech"), ("Interests__c", "golf;sailing"), ("AnnualRevenue", 139_000_000m), ("NumberOfEmployees", 12_000_000m), ("Description", "long"),
            ("BillingAddress", new SoqlCompound([new("city", "Berlin"), new("latitude", 52.52m), new("longitude", 13.405m)])),
            ("IsPartner", true), ("OwnerId", Id("005", 1)), ("CreatedDate", new DateTimeOffset(2026, 5, 14, 21, 59, 0, TimeSpan.Zero)));
        accounts.Insert(
            ("Name", "Globex"), ("Industry", "Farm"), ("Interests__c", "golf"), ("AnnualRevenue", 125_000.5m), ("NumberOfEmployees", 10m), ("IsPartner", false),
            ("OwnerId", Id("005", 2)), ("ParentId", Id("001", 1)), ("CreatedDate", new DateTimeOffset(2026, 5, 14, 22, 0, 0, TimeSpan.Zero)));
        accounts.Insert(("Name", "100% Real_Co"), ("AnnualRevenue", 500m), ("OwnerId", Id("005", 1)), ("CreatedDate", new DateTimeOffset(2025, 12, 31, 12, 0, 0, TimeSpan.Zero)));
        contacts.Insert(("LastName", "O'Neil"), ("Title", "cto"), ("Email", "o@acme.test"), ("Birthdate", new DateOnly(1980, 5, 15)), ("AccountId", Id("001", 1)));
        contacts.Insert(("LastName", "Back\\slash"), ("Title", "CTO"), ("AccountId", Id("001", 1)));
        contacts.Insert(("LastName", "alone"));
        deals.Insert(("Name", "A"), ("StageName", "Won"), ("Amount", 100m), ("Probability", 50m), ("CloseDate", new DateOnly(2026, 5, 15)), ("CreatedDate", Now), ("AccountId", Id("001", 1)));
        deals.Insert(("Name", "B"), ("StageName", "Won"), ("Amount", 300m), ("CloseDate", new DateOnly(2026, 4, 30)), ("CreatedDate", Now), ("AccountId", Id("001", 2)));
        deals.Insert(("Name", "C"), ("StageName", "Lost"), ("CloseDate", new DateOnly(2026, 1, 31)), ("CreatedDate", Now), ("AccountId", Id("001", 1)));
        deals.Insert(("Name", "D"), ("StageName", "Open"), ("Amount", 5m), ("CloseDate", new DateOnly(2027, 2, 1)), ("CreatedDate", Now));
        tasks.Insert(("Subject", "Call"), ("WhoId", Id("003", 1)), ("WhatId", Id("001", 1)), ("ReminderTime", new TimeOnly(13, 0)));
        tasks.Insert(("Subject", "Mail"), ("WhatId", Id("006", 2)));
        contacts.Insert(("LastName", "deleted"), ("AccountId", Id("001", 1)), ("IsDeleted", true));
        return org;
    }

    private static SoqlField Text(string name) => new(name, SoqlType.String);

    private static SoqlField Reference(string name, string relationship, string to) => new(name, SoqlType.Reference) { Relationship = relationship, ReferenceTo = [to] };
}

/// <summary>One object of the org.</summary>
internal sealed class SoqlTable(SoqlOrg org, string name, string prefix, IReadOnlyList<SoqlField> fields) : ISoqlObject
{
    private readonly SortedDictionary<string, Record> _rows = new(StringComparer.Ordinal);
    private int _last;

    public string Name => name;

    public string Prefix => prefix;

    public IReadOnlyList<SoqlField> Fields => [.. fields.Where(each => !Hidden.Contains(each.Name))];

    /// <summary>Gets the fields that the user may not read.</summary>
    public HashSet<string> Hidden { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, (string Object, string Field)> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Insert(params (string Field, object? Value)[] values)
    {
        var id = SoqlOrg.Id(prefix, ++_last);
        _rows[id] = new Record(id, values.Append(("Id", id)).Append(("IsDeleted", values.Any(pair => pair.Field == "IsDeleted"))).DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));
        return id;
    }

    public void Set(string id, string field, object? value) => _rows[id] = _rows[id].With(field, value);

    public bool Remove(string id) => _rows.Remove(id);

    /// <summary>Remembers all records, to bring them back.</summary>
    public Action Remember()
    {
        var before = _rows.ToList();
        return () =>
        {
            _rows.Clear();
            before.ForEach(row => _rows.Add(row.Key, row.Value));
        };
    }

    public SoqlField? Field(string name) => Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public SoqlField? Parent(string relationship) => Fields.FirstOrDefault(field => relationship.Equals(field.Relationship, StringComparison.OrdinalIgnoreCase));

    public SoqlChild? Child(string relationship) =>
        Children.TryGetValue(relationship, out var child) && org[child.Object].Field(child.Field) is { } field
            ? new SoqlChild(Children.Keys.First(key => key.Equals(relationship, StringComparison.OrdinalIgnoreCase)), org[child.Object], field)
            : null;

    public IEnumerable<ISoqlRow> Rows(bool withDeleted) => _rows.Values.Where(row => withDeleted || !row.IsDeleted);

    public ISoqlRow? Row(string id, bool withDeleted) => _rows.TryGetValue(id, out var row) && (withDeleted || !row.IsDeleted) ? row : null;

    public IEnumerable<ISoqlRow> RowsOf(SoqlField reference, string id, bool withDeleted) => Rows(withDeleted).Where(row => id.Equals(row.Read(reference)));

    private sealed class Record(string id, IReadOnlyDictionary<string, object?> values) : ISoqlRow
    {
        public string Id => id;

        public bool IsDeleted => values["IsDeleted"] is true;

        public object? Read(SoqlField field) => values.GetValueOrDefault(field.Name);

        public Record With(string name, object? value) => new(id, new Dictionary<string, object?>(values) { [name] = value });
    }
}
