using Liaison.Failures;
using Liaison.Model;
using Liaison.Schema;
using Liaison.Tests.Connectors;

namespace Liaison.Tests.Schema;

public sealed class SchemaCatalogueTests
{
    private static readonly ConnectionName Crm = new("crm");

    private readonly ManualClock clock = new();
    private readonly DescribingSession session = new();
    private readonly SchemaCatalogue catalogue;

    public SchemaCatalogueTests() => catalogue = new SchemaCatalogue(clock, TimeSpan.FromMinutes(5), capacity: 3);

    [Fact]
    public async Task However_many_ask_at_once_the_crm_is_asked_once()
    {
        var asked = Enumerable.Range(0, 20).Select(_ => Ask("ada")).ToList();
        session.Answer();
        await Task.WhenAll(asked);

        session.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_schema_is_read_anew_when_its_time_is_up()
    {
        session.Answer();
        await Ask("ada");
        clock.Advance(TimeSpan.FromMinutes(4.9));
        await Ask("ada");
        session.Calls.ShouldBe(1);

        clock.Advance(TimeSpan.FromMinutes(0.2));
        await Ask("ada");

        session.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task One_users_schema_never_serves_another()
    {
        session.Answer();
        await Ask("ada");
        await Ask("bob");
        await Ask("ada", RecordType.Company);

        session.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        session.Fails = true;
        session.Answer();
        (await Ask("ada")).Failure.ShouldNotBeNull();
        session.Fails = false;

        (await Ask("ada")).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_forgotten_is_read_anew()
    {
        session.Answer();
        await Ask("ada");
        catalogue.Forget(new ConnectionName("other"));
        await Ask("ada");
        session.Calls.ShouldBe(1);

        catalogue.Forget(new ConnectionName("crm"));
        await Ask("ada");

        session.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_oldest_make_room_for_the_newest()
    {
        session.Answer();
        foreach (var user in new[] { "a", "b", "c", "d" })
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Ask(user);
        }

        await Ask("d");
        session.Calls.ShouldBe(4);
        await Ask("a");

        session.Calls.ShouldBe(5);
    }

    [Fact]
    public async Task One_who_gives_up_takes_nobody_along()
    {
        using var impatient = new CancellationTokenSource();
        var first = catalogue.GetAsync(session, Crm, "ada", RecordType.Contact, impatient.Token);
        var second = Ask("ada");
        await impatient.CancelAsync();
        session.Answer();

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second).Failure.ShouldBeNull();
    }

    private Task<Result<RecordSchema>> Ask(string identity, RecordType? type = null) =>
        catalogue.GetAsync(session, Crm, identity, type ?? RecordType.Contact, TestContext.Current.CancellationToken);

    private sealed class ManualClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }

    private sealed class DescribingSession : UnusedSession
    {
        private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int calls;

        public int Calls => calls;

        public bool Fails { get; set; }

        public void Answer() => answered.TrySetResult();

        public override async Task<Result<RecordSchema>> DescribeAsync(RecordType type, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref calls);
            await answered.Task;
            return Fails ? new Failure(FailureKind.Unavailable, "The CRM is down.") : ASchema.Of();
        }
    }
}
