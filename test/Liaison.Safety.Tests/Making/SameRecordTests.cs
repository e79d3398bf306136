using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Safety.Tests.Installed;
using Liaison.Writeback;

namespace Liaison.Safety.Tests.Making;

/// <summary>Several changes to one record in one batch: nothing is doubled at the CRM, and each change is told and kept for itself (R109).</summary>
public sealed class SameRecordTests : IAsyncLifetime
{
    private static readonly Caller Scorer = Scoring.Run("run-1");

    private static readonly string[] Fields = ["ai_score", "ai_rationale", "ai_playbook"];

    private readonly string folder = Directory.CreateTempSubdirectory("liaison-same-").FullName;
    private EmulatedCrm crm = null!;
    private Engine engine = null!;
    private Model.Record contact = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        crm = await EmulatedCrm.StartAsync(20);
        engine = await Engine.OpenAsync(crm, folder, Policy(), new Ear());
        var id = (await crm.SnapshotAsync("contacts", "email")).Keys.First();
        contact = (await engine.Gateway.ReadAsync(Scorer, new ReadRequest(Engine.Connection, RecordType.Contact, [id], Fields), Token)).Found().Records[0];
        await crm.ClearLedgerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await crm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Changes_to_other_fields_are_one_write_that_holds_both()
    {
        var outcomes = await SubmitAsync(Score("one", 40), Update("two", new FieldChange("ai_playbook", new FieldValue.Text("nurture"))));

        outcomes.Select(outcome => outcome.Receipt?.State).ShouldBe([ChangeState.Verified, ChangeState.Verified]);
        var line = (await crm.WritesAsync("contacts")).ShouldHaveSingleItem();
        (line.Id, line.Writes).ShouldBe((contact.Ref.Id, 1));
        line.Properties.ShouldBe(
            ["ai_last_updated", "ai_qualification_rationale", "ai_qualification_score", "ai_recommended_playbook", "ai_source_pipeline"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_two_changes_to_one_field_the_last_one_stands_and_both_are_kept()
    {
        var outcomes = await SubmitAsync(Score("one", 40), Score("two", 60));

        (await crm.WritesAsync("contacts")).ShouldHaveSingleItem().Writes.ShouldBe(1);
        (await crm.SnapshotAsync("contacts", "ai_qualification_score"))[contact.Ref.Id].ShouldBe("\"60\"");
        outcomes.Select(outcome => outcome.Receipt?.State).ShouldBe([ChangeState.Applied, ChangeState.Verified]);
        var kept = await engine.Store.ListAsync(new ChangeQuery(RecordId: contact.Ref.Id), Token);
        kept.Select(row => (row.Id, row.State)).ShouldBe([("run-1-one", ChangeState.Applied), ("run-1-two", ChangeState.Verified)], ignoreOrder: true);
        kept.Single(row => row.Id == "run-1-one").Note.ShouldNotBeNull().ShouldContain("run-1-two");
    }

    [Fact]
    public async Task An_update_goes_for_itself_where_a_link_of_the_same_record_waits_for_a_person()
    {
        var company = (await crm.SnapshotAsync("companies", "name")).Keys.Except(await crm.LinkedAsync("contacts", contact.Ref.Id, "companies")).First();

        var outcomes = await SubmitAsync(
            Score("one", 40),
            Change("two", new ChangeAction.Associate(contact.Ref, new RecordRef(Engine.Connection, RecordType.Company, company), Label: null)));

        outcomes.Select(outcome => outcome.Receipt?.State).ShouldBe([ChangeState.Verified, ChangeState.Waiting]);
        (await crm.LinkedAsync("contacts", contact.Ref.Id, "companies")).ShouldNotContain(company);
        (await crm.WritesAsync("contacts")).ShouldHaveSingleItem().Writes.ShouldBe(1);
    }

    private async Task<IReadOnlyList<ChangeOutcome>> SubmitAsync(params ProposedChange[] changes) =>
        (await engine.Gateway.SubmitAsync(Scorer, Engine.Connection, RecordType.Contact, changes, Token)).Found();

    private ProposedChange Score(string key, int score) =>
        Update(key, new("ai_score", new FieldValue.Number(score)), new("ai_rationale", new FieldValue.Text($"Scored {score}.")));

    private ProposedChange Update(string key, params FieldChange[] fields) => Change(key, new ChangeAction.UpdateFields(contact.Ref, fields));

    private ProposedChange Change(string key, ChangeAction action) =>
        new(new ChangeSet($"run-1-{key}", $"run-1/{key}", action, "A new model.", "qualify/run-1", Scorer), contact);

    private static PolicyOptions Policy() => new() { Grants = [Scoring.Grant(Fields, ChangeKind.Associate)] };
}
