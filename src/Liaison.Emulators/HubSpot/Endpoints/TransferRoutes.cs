using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The operations that move many records at once, as files.</summary>
internal sealed class TransferRoutes(Refusals refusals, IdSource ids, RecordWriter writer, AssociationEditor editor)
{
    public IEnumerable<Route> All
    {
        get
        {
            var exports = new ExportTasks(refusals, ids);
            yield return new("POST", "/crm/exports/export/async", exports.Start, Export, ScopesAtTop: true);
            yield return new("GET", "/crm/exports/export/async/tasks/{task}/status", exports.Status, Export, ScopesAtTop: true);
            yield return new("GET", "/crm/exports/export/{export}", exports.Get, Export, ScopesAtTop: true);
            var imports = new ImportTasks(refusals, writer, editor);
            yield return new("GET", "/crm/imports", imports.List, Import, ScopesAtTop: true);
            yield return new("POST", "/crm/imports", imports.Start, Import, ScopesAtTop: true, TakesForm: true);
            yield return new("GET", "/crm/imports/{import}", imports.Get, Import, ScopesAtTop: true);
            yield return new("POST", "/crm/imports/{import}/cancel", imports.Cancel, Import, ScopesAtTop: true);
            yield return new("GET", "/crm/imports/{import}/errors", imports.Errors, Import, ScopesAtTop: true);
            yield return new("GET", Files.Path + "/{key}", new Files(refusals).Get, null, Meter.None);
        }
    }

    private static IReadOnlyList<string> Export(Call call) => ["crm.export"];

    private static IReadOnlyList<string> Import(Call call) => ["crm.import"];
}
