using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Safety.Tests.Installed;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Undoing;

/// <summary>A run that scored every contact of an account, and what people did to some of them since.</summary>
internal sealed class ScoredRun : IAsyncDisposable
{
    public const int Contacts = 1_000;
    public const int Edited = 50;
    public const string Run = "run-a";

    private const string Score = "ai_qualification_score";
    private const string Rationale = "ai_qualification_rationale";
    private const string Other = "run-b";
    private const int Chunk = 200;

    private static readonly string[] Fields = ["ai_score", "ai_rationale"];

    private readonly string folder = Directory.CreateTempSubdirectory("liaison-undo-").FullName;
    private readonly Ear ear = new();

    private ScoredRun(EmulatedCrm crm) => Crm = crm;

    public EmulatedCrm Crm { get; }

    public Caller Operator => new(new Subject(SubjectKind.User, Crm.UserOf("manager").UserEmail!), new Actor("cli"), Purpose.Administration);

    /// <summary>Gets what stood in the fields before the run, by contact.</summary>
    public IReadOnlyDictionary<string, string> Before { get; private set; } = new Dictionary<string, string>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ScoredRun> StartAsync()
    {
        var run = new ScoredRun(await EmulatedCrm.StartAsync(Contacts));
        var ids = (await run.SnapshotAsync()).Keys.ToList();

        // A third holds earlier scores and texts, which have to come back byte by byte.
        foreach (var (index, id) in ids.Index().Where(pair => pair.Index % 3 == 0))
        {
            await run.Crm.EditAsync("contacts", id, Score, $"{index % 101}");
            await run.Crm.EditAsync("contacts", id, Rationale, $"  Früher: „{index}“ \n\tzwei Zeilen… ");
        }

        run.Before = await run.SnapshotAsync();
        await using var engine = await run.OpenAsync();
        await ScoreAsync(engine, ids, Run, index => index % 97 + 3);
        return run;
    }

    public Task<Engine> OpenAsync(Func<IChangeSetStore, IChangeSetStore>? around = null) => Engine.OpenAsync(Crm, folder, Policy(), ear, around);

    public Task<IReadOnlyDictionary<string, string>> SnapshotAsync() => Crm.SnapshotAsync("contacts", Score, Rationale);

    /// <summary>A person edits the score of some and the text of others.</summary>
    /// <returns>The edited field by contact.</returns>
    public async Task<IReadOnlyDictionary<string, string>> EditAsync(IEnumerable<string> ids)
    {
        var edited = new Dictionary<string, string>();
        foreach (var (index, id) in ids.Index())
        {
            edited[id] = index % 2 == 0 ? "ai_score" : "ai_rationale";
            await Crm.EditAsync("contacts", id, index % 2 == 0 ? Score : Rationale, index % 2 == 0 ? "1" : "Seen by a person.");
        }

        return edited;
    }

    /// <summary>Another run scores one of the same contacts.</summary>
    public async Task ScoreAgainAsync(string id)
    {
        await using var engine = await OpenAsync();
        await ScoreAsync(engine, [id], Other, _ => 100);
    }

    public async ValueTask DisposeAsync()
    {
        await Crm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ScoreAsync(Engine engine, IReadOnlyList<string> ids, string run, Func<int, int> score)
    {
        var caller = Scoring.Run(run);
        foreach (var chunk in ids.Index().Chunk(Chunk))
        {
            var read = await engine.Gateway.ReadAsync(caller, new ReadRequest(Engine.Connection, RecordType.Contact, [.. chunk.Select(one => one.Item)], Fields), Token);
            var index = chunk[0].Index;
            var changes = read.Found().Records.Select(record => Change(caller, record, score(index++)));
            var outcomes = (await engine.Gateway.SubmitAsync(caller, Engine.Connection, RecordType.Contact, [.. changes], Token)).Found();
            outcomes.ShouldAllBe(outcome => outcome.Receipt != null && outcome.Receipt.State == ChangeState.Verified);
        }
    }

    private static ProposedChange Change(Caller caller, Model.Record record, int score) => new(
        new ChangeSet(
            $"{caller.RunId}-{record.Ref.Id}",
            $"{caller.RunId}/{record.Ref.Id}",
            new ChangeAction.UpdateFields(
                record.Ref, [new("ai_score", new FieldValue.Number(score)), new("ai_rationale", new FieldValue.Text($"Scored {score} by {caller.RunId}."))]),
            "A new model.",
            $"qualify/{caller.RunId}",
            caller),
        record);

    private PolicyOptions Policy() => new()
    {
        Members = [new MemberOptions { Subject = Operator.Subject.Id, Roles = ["operator"] }],
        Grants = [Scoring.Grant(Fields)],
    };
}
