using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Testing.Connectors;

/// <summary>A CRM in memory: seed it, break it at a chosen call, and read back what was written.</summary>
/// <remarks>
/// Contacts, companies, deals, notes and tasks with the canonical fields are there from the start; other types come by
/// <see cref="AddType"/>. Values are text by native name and an empty text clears, as in HubSpot. Safe for concurrent use.
/// </remarks>
public sealed class InMemoryCrm(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<RecordType, RecordSchema> schemas = InMemorySchemas.All.ToDictionary(schema => schema.Type);
    private readonly Dictionary<RecordType, SortedDictionary<long, InMemoryRecord>> records = [];
    private readonly List<CrmUser> users = [];
    private readonly List<InMemoryFault> faults = [];
    private readonly Dictionary<CrmOperation, int> calls = [];
    private readonly List<InMemoryWrite> writes = [];
    private readonly List<InMemoryDelete> deletes = [];
    private readonly Dictionary<string, InMemoryJob> jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Failure> rowFaults = new(StringComparer.Ordinal);
    private long lastNumber = 100;

    /// <summary>Makes a CRM that goes by the machine's clock.</summary>
    public InMemoryCrm()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Gets every write that was carried out, in order; also those whose answer a fault took away.</summary>
    public IReadOnlyList<InMemoryWrite> Writes => Locked(() => writes.ToList());

    /// <summary>Gets every delete that was carried out through a connector, in order.</summary>
    public IReadOnlyList<InMemoryDelete> Deletes => Locked(() => deletes.ToList());

    /// <summary>Gets the users; <see cref="AddUser"/> adds to them.</summary>
    public IReadOnlyList<CrmUser> Users => Locked(() => users.ToList());

    /// <summary>Tells how many calls of a kind were made, the failed ones among them.</summary>
    public int CallsOf(CrmOperation operation) => Locked(() => calls.GetValueOrDefault(operation));

    /// <summary>Adds a record type or replaces its schema.</summary>
    public void AddType(RecordSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Locked(() => schemas[schema.Type] = schema);
    }

    /// <summary>Gives a type's schema; <see langword="null"/> where there is no such type.</summary>
    public RecordSchema? SchemaOf(RecordType type) => Locked(() => schemas.GetValueOrDefault(type));

    /// <summary>Adds a record and gives its id.</summary>
    /// <param name="values">Values by canonical or native field name, as text.</param>
    /// <exception cref="ArgumentException">The type or a field is unknown.</exception>
    public string Add(RecordType type, params (string Field, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);

        return Locked(() =>
        {
            var schema = schemas.GetValueOrDefault(type) ?? throw new ArgumentException("The type is unknown.", nameof(type));
            var record = new InMemoryRecord(++lastNumber, time.GetUtcNow());
            record.Set(values.ToDictionary(
                pair => schema.Find(pair.Field)?.NativeName ?? throw new ArgumentException($"The field {pair.Field} is unknown.", nameof(values)),
                pair => pair.Value));
            RecordsOf(type)[record.Number] = record;
            return record.Id;
        });
    }

    /// <summary>Reads one value as it stands; <see langword="null"/> for nothing, or where there is no such record.</summary>
    public string? ValueOf(RecordType type, string id, string field) => Locked(() =>
        Find(type, id) is { } record && schemas[type].Find(field) is { } definition ? record.ValueOf(definition) : null);

    /// <summary>Changes a record as a person in the CRM would: not one of <see cref="Writes"/>.</summary>
    public void Change(RecordType type, string id, string field, string value) => Locked(() =>
    {
        var record = Find(type, id) ?? throw new ArgumentException("There is no such record.", nameof(id));
        var native = schemas[type].Find(field)?.NativeName ?? throw new ArgumentException("There is no such field.", nameof(field));
        record.Change(new Dictionary<string, string> { [native] = value }, time.GetUtcNow());
        return true;
    });

    /// <summary>Removes a record and its links, as a person in the CRM would.</summary>
    public void Remove(RecordType type, string id) => Locked(() => Drop(type, id));

    /// <summary>Links two records; asked from the other side, the link is there as well, without its primary mark.</summary>
    public void Link(RecordType from, string fromId, RecordType to, string toId, bool primary = false) => Locked(() =>
    {
        Links.Make(from, fromId, to, toId, primary ? InMemoryLinks.Primary : null);
        return true;
    });

    /// <summary>Adds a label that links from one type to another can have; contacts and deals can have a primary company from the start.</summary>
    public void AddLabel(RecordType from, RecordType to, string label) => Locked(() => { Links.AddLabel(from, to, label); return true; });

    /// <summary>Reads the links of one record to those of a type, as they stand.</summary>
    public IReadOnlyList<Association> LinksOf(RecordType from, string id, RecordType to) => Locked(() => Links.Of(from, to, id));

    /// <summary>Adds a user, or replaces the one with the same owner id.</summary>
    public void AddUser(CrmUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        Locked(() =>
        {
            users.RemoveAll(known => known.OwnerId == user.OwnerId);
            users.Add(user);
            return true;
        });
    }

    /// <summary>Makes a call to come fail.</summary>
    public void FailOn(InMemoryFault fault) => Locked(() => { faults.Add(fault); return true; });

    /// <summary>Makes the next call of a kind fail.</summary>
    public void FailNext(CrmOperation operation, Failure failure, bool afterCommit = false) =>
        FailOn(new(operation, CallsOf(operation) + 1, failure, afterCommit));

    /// <summary>Gets the jobs of updates that were made, started or not.</summary>
    public int WriteJobs => Locked(() => jobs.Values.Count(job => job.Writes.Count > 0));

    /// <summary>Gets or sets how often a job is still at work when it is looked at.</summary>
    public int LooksBeforeJobsEnd { get; set; }

    /// <summary>Gets or sets after how many rows the next job of updates is given up.</summary>
    public int RowsBeforeJobsStop { get; set; } = int.MaxValue;

    /// <summary>Gets or sets why a call refuses the update of a record, by its id, and takes the others all the same.</summary>
    /// <value>The default refuses none.</value>
    public Func<string, Failure?> Refuses { get; set; } = static _ => null;

    /// <summary>Makes the next job fail on the row of one record.</summary>
    public void FailRow(string id, Failure failure) => Locked(() => { rowFaults[id] = failure; return true; });

    /// <summary>Forgets all jobs, as a CRM does after some days.</summary>
    public void ForgetJobs() => Locked(() => { jobs.Clear(); return true; });

    /// <summary>Runs one call under the lock, as the faults have it.</summary>
    internal Result<T> Call<T>(CrmOperation operation, Func<Result<T>> run) => Locked(() =>
    {
        var number = calls[operation] = calls.GetValueOrDefault(operation) + 1;
        var fault = faults.Find(candidate => candidate.Operation == operation && candidate.Call == number);
        if (fault is null)
        {
            return run();
        }

        faults.Remove(fault);
        if (fault.AfterCommit)
        {
            _ = run();
        }

        return fault.Failure;
    });

    /// <summary>Gets the links; only inside <see cref="Call"/>, since they have no lock of their own.</summary>
    internal InMemoryLinks Links { get; } = new();

    internal string AddJob(InMemoryJob job)
    {
        var id = $"job-{jobs.Count + 1}";
        jobs.Add(id, job);
        return id;
    }

    internal InMemoryJob? FindJob(string id) => jobs.GetValueOrDefault(id);

    internal RecordSchema KnownSchemaOf(RecordType type) => schemas[type];

    internal Failure? TakeRowFault(string id) => rowFaults.Remove(id, out var failure) ? failure : null;

    internal IReadOnlyList<Association> LinksOfAll(RecordType from, RecordType to, IEnumerable<string> ids) =>
        Locked(() => ids.SelectMany(id => Links.Of(from, to, id)).ToList());

    internal IEnumerable<InMemoryRecord> AllOf(RecordType type) => RecordsOf(type).Values;

    internal InMemoryRecord? Find(RecordType type, string id) =>
        long.TryParse(id, out var number) ? RecordsOf(type).GetValueOrDefault(number) : null;

    internal DateTimeOffset Store(RecordType type, InMemoryRecord? found, string key, Dictionary<string, string> values, out string id)
    {
        var now = time.GetUtcNow();
        var record = found ?? new InMemoryRecord(++lastNumber, now);
        record.Change(values, now);
        RecordsOf(type)[record.Number] = record;
        writes.Add(new(key, type, record.Id, found is null, values));
        id = record.Id;
        return now;
    }

    internal bool Delete(RecordType type, RecordDelete delete)
    {
        if (!Drop(type, delete.Id))
        {
            return false;
        }

        deletes.Add(new(delete.Key, type, delete.Id));
        return true;
    }

    internal void AddField(RecordType type, FieldDefinition field)
    {
        var schema = schemas[type];
        var fields = schema.Fields.Append(new(field.Name, field)).ToFrozenDictionary(StringComparer.Ordinal);
        // Not by "with": a copy would keep the old schema's index of native names.
        schemas[type] = new(schema.Type, schema.NativeType, fields) { DefaultCurrency = schema.DefaultCurrency };
    }

    private bool Drop(RecordType type, string id)
    {
        Links.RemoveAllOf(type, id);
        return long.TryParse(id, out var number) && RecordsOf(type).Remove(number);
    }

    private SortedDictionary<long, InMemoryRecord> RecordsOf(RecordType type) =>
        records.TryGetValue(type, out var found) ? found : records[type] = [];

    private T Locked<T>(Func<T> run)
    {
        lock (gate)
        {
            return run();
        }
    }
}
