namespace Liaison.Connectors;

/// <summary>The kinds of call that a session makes; limits, batch sizes and retry go by it.</summary>
public enum CrmOperation
{
    /// <summary>Who the credential is.</summary>
    Identify,

    /// <summary>Metadata: fields, owners, pipelines.</summary>
    Describe,

    /// <summary>A filtered query.</summary>
    Query,

    /// <summary>Records by id.</summary>
    Read,

    /// <summary>Links by record id.</summary>
    ReadAssociations,

    /// <summary>Updates and creates of records: never repeated blindly.</summary>
    Write,

    /// <summary>Making and removing of links.</summary>
    WriteAssociations,

    /// <summary>Deletion of records.</summary>
    Delete,

    /// <summary>Creation of fields: never repeated blindly.</summary>
    WriteSchema,

    /// <summary>Making and looking at jobs, and reading what they found or did.</summary>
    ReadJob,

    /// <summary>Handing a job its rows and starting it: never repeated blindly.</summary>
    WriteJob,
}

/// <summary>What follows from the kind of a call alone.</summary>
public static class CrmOperations
{
    extension(CrmOperation operation)
    {
        /// <summary>Gets a value indicating whether such calls change something in the CRM, so that a lost answer leaves their outcome open.</summary>
        public bool ChangesTheCrm => operation is CrmOperation.Write or CrmOperation.WriteAssociations or CrmOperation.Delete or CrmOperation.WriteSchema or CrmOperation.WriteJob;
    }
}

/// <summary>What one kind of call may carry and what it costs.</summary>
/// <param name="BatchSize">The most records of one call.</param>
/// <param name="Spends">The limits of which each call takes one permit.</param>
public sealed record OperationDescriptor(int BatchSize, IReadOnlyList<LimitKind> Spends)
{
    /// <summary>Gets how long one call may take, where the CRM itself gives such calls more time than is usual.</summary>
    /// <value>The default is <see langword="null"/>: as long as the installation allows any call.</value>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>What a CRM says, when it is asked, is left of one of its limits.</summary>
/// <param name="Permits">How many calls the whole window allows.</param>
public sealed record LimitStanding(LimitKind Kind, long Permits, long Remaining);

/// <summary>A limit of a CRM by name; each has a budget of its own in each connection.</summary>
public readonly record struct LimitKind(string Name)
{
    /// <summary>Calls in a short window.</summary>
    public static LimitKind Burst { get; } = new("burst");

    /// <summary>Calls in a day.</summary>
    public static LimitKind Daily { get; } = new("daily");

    /// <summary>Searches in a short window.</summary>
    public static LimitKind Search { get; } = new("search");

    /// <summary>Association batches in a short window.</summary>
    public static LimitKind Associations { get; } = new("associations");

    /// <summary>Calls in flight at one time.</summary>
    public static LimitKind Concurrency { get; } = new("concurrency");

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a CRM publishes for one tier of account.</summary>
/// <param name="Name">The name used in configuration, as in <c>professional</c>.</param>
public sealed record LimitProfile(string Name, IReadOnlyList<Limit> Limits);

/// <summary>One published limit; the engine spends a share of it (80 % by default).</summary>
/// <param name="Permits">How many calls the window, or for <see cref="LimitKind.Concurrency"/> the moment, allows.</param>
/// <param name="Window">The rolling window; <see cref="TimeSpan.Zero"/> for a limit on calls in flight, a day for one that resets at the account's midnight.</param>
public sealed record Limit(LimitKind Kind, long Permits, TimeSpan Window)
{
    /// <summary>Gets a value indicating whether a day's allowance comes back call by call as each grows a day old (Salesforce), and not all at midnight.</summary>
    public bool Rolls { get; init; }
}

/// <summary>What a limit header says.</summary>
public enum LimitHeaderMeaning
{
    /// <summary>The permits of a whole window.</summary>
    Permits,

    /// <summary>The permits left in the running window.</summary>
    Remaining,

    /// <summary>The length of the window in milliseconds.</summary>
    WindowMilliseconds,

    /// <summary>What was spent and the permits of a whole window in one, as in Salesforce's <c>api-usage=18/5000</c>.</summary>
    SpentOfPermits,
}

/// <summary>A response header that tells of a limit; it corrects the budget downward within one answer.</summary>
public sealed record LimitHeader(string Name, LimitKind Kind, LimitHeaderMeaning Meaning);
