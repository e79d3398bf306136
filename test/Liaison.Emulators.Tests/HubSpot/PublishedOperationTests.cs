namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>Sends every published operation with a body of its published shape, in every version style.</summary>
public sealed class PublishedOperationTests
{
    public static TheoryData<string> Files => [.. ContractFacts.Load().Files];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_operation_answers_its_published_status_and_shape(string file)
    {
        var facts = ContractFacts.Load();
        var faults = new List<string>();
        foreach (var operation in facts.Details(file))
        {
            // One account for each: an operation that deletes must not spoil the next one.
            await using var portal = await Portal.StartAsync(options => options.AssociationIdsAsStrings = true);
            var sample = await PublishedSample.MakeAsync(portal, file, operation);
            var answer = await portal.Send(new HttpMethod(sample.Method), sample.Path, sample.Body, sample.Token);
            faults.AddRange(Judge(facts, file, operation, answer).Select(fault => $"{operation.Name}: {fault}"));
        }

        faults.ShouldBeEmpty();
    }

    private static IEnumerable<string> Judge(ContractFacts facts, string file, PublishedOperation operation, Answer answer)
    {
        var status = answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (operation.Responses.Count == 0)
        {
            // The published description says nothing of what success looks like.
            return answer.Status is >= 200 and < 300 ? [] : [$"{status}: {answer.Text}"];
        }

        if (!operation.Responses.TryGetValue(status, out var schema))
        {
            return [$"{status}, which is not published: {answer.Text[..Math.Min(300, answer.Text.Length)]}"];
        }

        return schema switch
        {
            null => answer.Text.Length == 0 ? [] : ["a body where none is published"],
            _ => facts.Check(file, schema, answer.Json, "$").Take(3),
        };
    }
}
