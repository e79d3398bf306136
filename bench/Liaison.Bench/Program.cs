using Liaison.Bench;

// Each benchmark prints its figure beside a baseline measured in the same run: `dotnet run -c Release -- [name…]`.
var all = new Dictionary<string, Func<BenchFolder, Task<IReadOnlyList<Figure>>>>(StringComparer.Ordinal)
{
    ["work-items"] = WorkItemsBench.RunAsync,
    ["audit"] = AuditBench.RunAsync,
    ["change-sets"] = ChangeSetsBench.RunAsync,
    ["work-items-postgres"] = _ => PostgresWorkItemsBench.RunAsync(),
    ["audit-postgres"] = _ => PostgresAuditBench.RunAsync(),
    ["gateway"] = GatewayBench.RunAsync,
    ["normalization"] = NormalizationBench.RunAsync,
};

var unknown = args.Where(name => !all.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"There is no benchmark {string.Join(", ", unknown)}; there are {string.Join(", ", all.Keys)}.");
    return 2;
}

foreach (var (name, run) in all.Where(each => args.Length == 0 || args.Contains(each.Key)))
{
    using var folder = new BenchFolder();
    Figure.Print(name, await run(folder));
}

return 0;
