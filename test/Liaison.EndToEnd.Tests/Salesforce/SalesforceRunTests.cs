using Liaison.EndToEnd.Tests.Processes;
using Liaison.EndToEnd.Tests.Runs;

namespace Liaison.EndToEnd.Tests.Salesforce;

/// <summary>The main job on Salesforce: as few calls as its batches allow, and every contact once whatever fails on the way.</summary>
public sealed class SalesforceRunTests
{
    [Fact]
    public async Task A_run_makes_no_more_calls_than_its_batches_ask_for_and_is_never_throttled()
    {
        const int Contacts = 2_500;
        using var place = new Workplace();
        await using var crm = await Emulator.StartSalesforceAsync(place.Folder, "--contacts", "2500", "--companies", "250", "--ai-fields", "--limits", "real");
        place.WithSalesforce(crm.Address);

        var report = await place.JsonAsync("run", "start", "qualify", "--connection", Workplace.Connection);
        var ledger = await crm.GetAsync("_emulator/ledger");

        Drive.ShouldBeComplete(report, Contacts);
        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        report.GetProperty("changes").GetProperty("Verified").GetInt32().ShouldBe(Contacts);
        ledger.GetProperty("throttled").GetInt32().ShouldBe(0);

        // Pages of 1,000, since a long text is among the fields, and two counts; links, companies and the look afterwards by chunks
        // of 2,000; writes by five collections of 200 in one call; two describes; who and which versions.
        var pages = Ceil(Contacts, 1_000) + 2;
        var chunks = 3 * Ceil(Contacts, 2_000);
        ledger.GetProperty("requests").GetInt32().ShouldBeLessThanOrEqualTo(pages + chunks + Ceil(Contacts, 1_000) + 4);
    }

    [Fact]
    public async Task A_run_against_a_failing_org_writes_every_contact_once()
    {
        const int Contacts = 1_200;
        using var place = new Workplace();
        await using var crm = await Emulator.StartSalesforceAsync(place.Folder, "--contacts", "1200", "--companies", "100", "--ai-fields", "--limits", "off");
        place.WithSalesforce(crm.Address, chunkSize: 200);

        // One write is certain to be done without an answer; the rest is by chance, on every operation.
        await crm.FaultAsync(new { kind = "cut-after-commit", operation = "PATCH /composite/sobjects", skip = 2, count = 1 });
        await crm.FaultAsync(new { kind = "cut-body", operation = "PATCH /composite/sobjects", skip = 4, count = 1 });
        await crm.FaultAsync(new { kind = "cut-after-commit", probability = 0.05, seed = 5 });
        await crm.FaultAsync(new { kind = "unavailable", probability = 0.03, seed = 6 });
        await crm.FaultAsync(new { kind = "empty-406", probability = 0.02, seed = 7 });
        await crm.FaultAsync(new { kind = "expired", probability = 0.01, seed = 8 });
        var drive = new Drive(place, crm);

        await place.RunAsync("run", "start", "qualify", "--connection", Workplace.Connection);
        var report = await drive.FinishAsync();

        (await crm.WritesAsync()).ShouldBeOnceEach(Contacts);
        Drive.ShouldBeComplete(report, Contacts);
    }

    private static int Ceil(int amount, int size) => (amount + size - 1) / size;
}
