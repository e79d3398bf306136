using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Catalog;

/// <summary>The pipelines that the account has from the start.</summary>
internal static class Pipelines
{
    public static void AddTo(Account account, DateTimeOffset now)
    {
        var made = now.AddYears(-4);
        var sales = new Pipeline("default", "Sales Pipeline", 0, made);
        Stage(sales, made, "appointmentscheduled", "Appointment Scheduled", "0.2");
        Stage(sales, made, "qualifiedtobuy", "Qualified To Buy", "0.4");
        Stage(sales, made, "presentationscheduled", "Presentation Scheduled", "0.6");
        Stage(sales, made, "decisionmakerboughtin", "Decision Maker Bought-In", "0.8");
        Stage(sales, made, "contractsent", "Contract Sent", "0.9");
        Stage(sales, made, "closedwon", "Closed Won", "1.0");
        Stage(sales, made, "closedlost", "Closed Lost", "0.0", "closed_lost_reason");

        // Pipelines of the customer's own have numeric ids (contract section 10).
        var renewals = new Pipeline("81200300", "Renewals", 1, made);
        Stage(renewals, made, "151200301", "Renewal due", "0.4");
        Stage(renewals, made, "151200302", "Renewed", "1.0");
        Stage(renewals, made, "151200303", "Churned", "0.0");
        account.Pipelines[account.Deals.Id] = [sales, renewals];

        var support = new Pipeline("0", "Support Pipeline", 0, made);
        TicketStage(support, "1", "New", "OPEN");
        TicketStage(support, "2", "Waiting on contact", "OPEN");
        TicketStage(support, "3", "Waiting on us", "OPEN");
        TicketStage(support, "4", "Closed", "CLOSED");
        account.Pipelines["0-5"] = [support];

        var leads = new Pipeline("lead-pipeline-id", "Lead pipeline", 0, made);
        foreach (var (id, label) in new[] { ("new-stage-id", "New"), ("attempting-stage-id", "Attempting"), ("connected-stage-id", "Connected"), ("qualified-stage-id", "Qualified"), ("unqualified-stage-id", "Unqualified") })
        {
            leads.Stages.Add(new PipelineStage(id, label, leads.Stages.Count, made));
        }

        account.Pipelines["0-136"] = [leads];
        foreach (var type in account.Types)
        {
            RefreshOptions(account, type);
        }
    }

    /// <summary>Keeps the options of the stage and pipeline properties in step with the pipelines.</summary>
    public static void RefreshOptions(Account account, ObjectType type)
    {
        if (Writing.StageRules.PropertiesOf(type) is not { } names
            || !type.TryGetProperty(names.Pipeline, out var pipeline) || !type.TryGetProperty(names.Stage, out var stage))
        {
            return;
        }

        var live = account.PipelinesOf(type).Where(known => !known.Archived).ToList();
        pipeline.Options = [.. live.Select(known => new PropertyOption(known.Label, known.Id, known.DisplayOrder, false, null))];
        stage.Options = [.. live.SelectMany(known => known.Stages).Where(known => !known.Archived).Select(known => new PropertyOption(known.Label, known.Id, known.DisplayOrder, false, null))];
    }

    private static void Stage(Pipeline pipeline, DateTimeOffset made, string id, string label, string probability, params string[] required)
    {
        var stage = new PipelineStage(id, label, pipeline.Stages.Count, made) { RequiredProperties = required };
        stage.Metadata["isClosed"] = probability is "1.0" or "0.0" ? "true" : "false";
        stage.Metadata["probability"] = probability;
        pipeline.Stages.Add(stage);
    }

    /// <remarks>Stages that the CRM shipped say that they were made in 1970 (contract section 10).</remarks>
    private static void TicketStage(Pipeline pipeline, string id, string label, string state)
    {
        var stage = new PipelineStage(id, label, pipeline.Stages.Count, DateTimeOffset.UnixEpoch);
        stage.Metadata["isClosed"] = state == "CLOSED" ? "true" : "false";
        stage.Metadata["ticketState"] = state;
        pipeline.Stages.Add(stage);
    }
}
