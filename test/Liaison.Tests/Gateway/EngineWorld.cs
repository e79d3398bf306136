using System.Collections.Frozen;
using Liaison.Alerts;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Identity.Tokens;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Testing;
using Liaison.Testing.Connectors;
using Liaison.Testing.Stores;
using Liaison.Tests.Identity;
using Liaison.Tests.Pipelines.Scorecards;
using Liaison.Work;
using Liaison.Writeback;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liaison.Tests.Gateway;

/// <summary>The whole engine as a host composes it, over a CRM and stores in memory.</summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private readonly Lazy<ServiceProvider> provider;
    private int lastChange;
    private int lastContact;

    /// <param name="jobs">How the CRM takes jobs; the default is not at all.</param>
    public EngineWorld(JobDescriptor? jobs = null)
    {
        Policy = new PolicyOptions { Grants = Grants, Members = Members, Agents = Agents };
        Crm = new InMemoryCrm(Time);
        Connector = new WatchedConnector(new InMemoryConnector(Crm, jobs: jobs));
        Changes = new InMemoryChangeSetStore(Time);
        Work = new InMemoryWorkStore(Time);
        provider = new Lazy<ServiceProvider>(Compose);
    }

    public static ConnectionName Demo { get; } = new("demo");

    /// <summary>Gets production, where a test wants one beside the sandbox: the same CRM under another connection.</summary>
    public static ConnectionName Live { get; } = new("live");

    /// <summary>Gets what is known of a call whose answer did not come.</summary>
    public static Failure Lost { get; } = new(FailureKind.Ambiguous, "The answer was lost.");

    /// <summary>Gets what is known of a call that was tried as often as calls are, and found nobody.</summary>
    public static Failure Away { get; } = new(FailureKind.Unavailable, "The CRM is away.")
    {
        Attempts = [new FailedAttempt(DateTimeOffset.UnixEpoch, FailureKind.Unavailable, null)],
    };

    public static Caller Pipeline { get; } =
        new(new Subject(SubjectKind.Principal, "qualification"), new Actor("qualify"), Purpose.Qualification, "run-1");

    public static Caller Ada { get; } = new(new Subject(SubjectKind.User, "ada@acme.test"), new Actor("cli"), Purpose.Assistance);

    public ManualTime Time { get; } = new();

    public InMemoryCrm Crm { get; }

    public WatchedConnector Connector { get; }

    public InMemoryAuditStore Audit { get; } = new();

    public InMemoryChangeSetStore Changes { get; }

    public InMemoryWorkStore Work { get; }

    public InMemoryCallLog Calls { get; } = new();

    public InMemoryKeyStore Keys { get; } = new();

    public List<GrantOptions> Grants { get; } = [PipelineGrant()];

    public PolicyOptions Policy { get; }

    public RecordingAlerts Alerts { get; } = new();

    public InMemorySafeguardStore Safeguards { get; } = new();

    public List<MemberOptions> Members { get; } = [];

    public MappedOptions Mapped { get; } = new();

    public Dictionary<string, AgentOptions> Agents { get; } = [];

    public ConnectionWrites Writes { get; set; } = ConnectionWrites.Open;

    public bool HasProduction { get; set; }

    /// <summary>Gets where each connection keeps fields of the contact, by canonical name.</summary>
    public Dictionary<ConnectionName, IReadOnlyDictionary<string, string>> FieldNames { get; } = [];

    /// <summary>Gets or sets from how many records on the connection hands work over as jobs; <see langword="null"/> leaves it to the CRM's connector.</summary>
    public int? JobsFrom { get; set; }

    /// <summary>Gets how calls are made: without waits between attempts, unless a test is about them.</summary>
    public ChannelOptions Channel { get; init; } = new() { FirstBackoff = TimeSpan.Zero };

    public QualifyOptions Qualify { get; } = new() { Scorecard = "card", Where = "lead status is NEW" };

    public IList<Scorecard> Scorecards { get; } =
    [
        ACard.Of(
            ACard.Criterion("seniority", "person.job_title", 80, new MatchOptions { ContainsAnyOf = ["VP"] }),
            ACard.Criterion("size", "company.employees", 20, new MatchOptions { AtLeast = 200 })),
    ];

    public LiaisonGateway Gateway => Get<LiaisonGateway>();

    public ChangeGateway ChangeGateway => Get<ChangeGateway>();

    public QualificationPipeline Qualification => Get<QualificationPipeline>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static GrantOptions PipelineGrant() => new()
    {
        Subject = "qualification",
        Actors = ["*"],
        Purposes = ["qualification"],
        Connections = ["demo"],
        Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["*"], ["company"] = ["*"] },
        Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>>
        {
            ["contact"] = new Dictionary<string, WriteLevel>
            {
                ["ai_score"] = WriteLevel.Auto,
                ["ai_rationale"] = WriteLevel.Auto,
                ["ai_playbook"] = WriteLevel.Auto,
                ["lead_status"] = WriteLevel.Suggest,
            },
        },
    };

    public static GrantOptions AdaGrant(params string[] contactFields) => new()
    {
        Subject = "ada@acme.test",
        Actors = ["cli"],
        Purposes = ["assistance"],
        Connections = ["demo"],
        Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = contactFields },
    };

    public T Get<T>()
        where T : notnull => provider.Value.GetRequiredService<T>();

    /// <summary>Lets the answer to the next write be lost.</summary>
    /// <param name="reached">Whether the CRM has taken the write all the same.</param>
    public void LoseNextAnswer(bool reached) => Crm.FailNext(CrmOperation.Write, Lost, afterCommit: reached);

    public string AddContact(params (string Field, string Value)[] values) =>
        Crm.Add(RecordType.Contact, [("email", $"p{Interlocked.Increment(ref lastContact)}@acme.test"), .. values]);

    /// <summary>Replaces one field of the CRM's contact, as an administrator of the CRM would.</summary>
    public void Alter(string name, Func<FieldDefinition, FieldDefinition> alter)
    {
        var schema = Crm.SchemaOf(RecordType.Contact)!;
        Crm.AddType(schema with
        {
            Fields = schema.Fields.ToFrozenDictionary(field => field.Key, field => field.Key == name ? alter(field.Value) : field.Value, StringComparer.Ordinal),
        });
    }

    public void RemoveField(string name)
    {
        var schema = Crm.SchemaOf(RecordType.Contact)!;
        Crm.AddType(schema with { Fields = schema.Fields.Where(field => field.Key != name).ToFrozenDictionary(StringComparer.Ordinal) });
    }

    public async Task<Model.Record> ReadAsync(string id, params string[] fields)
    {
        string[] wanted = fields is [] ? ["ai_score", "ai_rationale", "ai_playbook", "lead_status"] : fields;
        var answer = await Gateway.ReadAsync(Pipeline, new ReadRequest(Demo, RecordType.Contact, [id], wanted), Token);
        return answer.Found().Records.ShouldHaveSingleItem();
    }

    public async Task<ProposedChange> ScoreAsync(string id, int score, string? key = null, string? playbook = null)
    {
        List<FieldChange> fields =
            [new("ai_score", new FieldValue.Number(score)), new("ai_rationale", new FieldValue.Text($"Because of {score}."))];
        if (playbook is not null)
        {
            fields.Add(new FieldChange("ai_playbook", new FieldValue.Text(playbook)));
        }

        return Change(await ReadAsync(id), key ?? $"score/{id}", [.. fields]);
    }

    public ProposedChange Change(Model.Record asRead, string key, params FieldChange[] fields) => new(
        new ChangeSet(
            $"chg-{Interlocked.Increment(ref lastChange):D4}", key, new ChangeAction.UpdateFields(asRead.Ref, fields), "A reason.", "qualify/run-1", Pipeline),
        asRead);

    public async Task<IReadOnlyList<ChangeOutcome>> SubmitAsync(params ProposedChange[] changes) =>
        (await Gateway.SubmitAsync(Pipeline, Demo, RecordType.Contact, changes, Token)).Found();

    /// <summary>Submits changes in a process that dies when they are stored as intents, before it learns what became of them.</summary>
    /// <param name="reached">Whether the CRM has taken the write.</param>
    public async Task DieAsync(bool reached, params ProposedChange[] changes)
    {
        Connector.OnWrite = async (_, send) =>
        {
            if (reached)
            {
                await send();
            }

            throw new IOException("The process dies here.");
        };
        await Should.ThrowAsync<IOException>(() => SubmitAsync(changes));
        Connector.OnWrite = static (_, send) => send();
    }

    public int WritesOf(string id) => Crm.Writes.Count(write => write.Id == id);

    public async Task<IReadOnlyList<AuditEntry>> AuditedAsync() =>
        await Audit.ReadAsync(new AuditQuery(Limit: int.MaxValue), Token).Select(AuditChain.Open).ToListAsync(Token);

    public async ValueTask DisposeAsync()
    {
        if (provider.IsValueCreated)
        {
            await provider.Value.DisposeAsync();
        }
    }

    private ServiceProvider Compose()
    {
        var connections = new Dictionary<string, ConnectionOptions> { ["demo"] = Options(Demo, CrmEnvironment.Sandbox) };
        if (HasProduction)
        {
            connections["live"] = Options(Live, CrmEnvironment.Production);
        }


        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Channel)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton(services => new SecretResolver(
                services.GetRequiredService<SecretVault>(), name => name is "ACCOUNT" or "ADA" ? $"canary-{name}" : null))
            .AddSingleton<IReadOnlyDictionary<string, ConnectionOptions>>(connections)
            .AddSingleton(new PolicyInForce(Policy))
            .AddSingleton(new Principals(["operator", "qualification"]))
            .AddSingleton(Qualify)
            .AddSingleton<IEnumerable<Scorecard>>(Scorecards)
            .AddSingleton<IConnector>(Connector)
            .AddSingleton<IAuditStore>(Audit)
            .AddSingleton<IWorkStore>(Work)
            .AddSingleton<IDeadLetterStore>(new InMemoryDeadLetterStore(Work))
            .AddSingleton<IEndedRunStore>(new InMemoryEndedRunStore(Work))
            .AddSingleton<IAlertSink>(Alerts)
            .AddSingleton<IChangeSetStore>(Changes)
            .AddSingleton<ICallLog>(Calls)
            .AddSingleton<IBudgetStore, InMemoryBudgetStore>()
            .AddSingleton<ISecretStore, InMemorySecretStore>()
            .AddSingleton<ITokenStore>(new InMemoryTokenStore(TimeProvider.System))
            .AddSingleton<IKeyStore>(Keys)
            .AddSingleton<ISafeguardStore>(Safeguards)
            .AddLiaison()
            .BuildServiceProvider();
    }

    private ConnectionOptions Options(ConnectionName name, CrmEnvironment environment) => new()
    {
        Crm = "memory",
        Environment = environment,
        Writes = Writes,
        JobsFrom = JobsFrom,
        Credentials = new CredentialOptions
        {
            Account = "env:ACCOUNT",
            Users = new Dictionary<string, SignInOptions> { ["ada@acme.test"] = "env:ADA" },
        },
        Mapped = Mapped,
        FieldNames = FieldNames.TryGetValue(name, out var names)
            ? new Dictionary<string, IReadOnlyDictionary<string, string>> { ["contact"] = names }
            : new Dictionary<string, IReadOnlyDictionary<string, string>>(),
    };
}
