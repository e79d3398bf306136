using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Http;

/// <summary>Answers requests to the data API, one that came by HTTP and parts of a composite one alike.</summary>
internal sealed class Dispatcher(Versions versions)
{
    private RouteTable<Route> _routes = new([]);

    /// <summary>Takes the routes; set after they were made, since composite ones dispatch in their turn.</summary>
    public void Use(IEnumerable<Route> routes) => _routes = new RouteTable<Route>(routes);

    public Route? Find(ApiRequest request, Dictionary<string, string> values) => _routes.Find(request.Method, request.Path, values);

    /// <summary>Answers a part of a request for the same user, with the org held and the same log of what to undo.</summary>
    public Reply Answer(ApiRequest request, UserSchema schema, DateTimeOffset now, UndoLog undo)
    {
        var values = new Dictionary<string, string>(4, StringComparer.Ordinal);
        return Refuse(request) is { } refused ? refused
            : Find(request, values) is { HandleUpload: null } route ? route.Handle(new Call(request, values, schema, now, undo))
            : NoRoute(request);
    }

    /// <summary>Refuses what no route could answer: a version that is not served, a body that is no JSON.</summary>
    public Reply? Refuse(ApiRequest request) => versions.Refuse(request.Version)
        ?? (request.BodyFault is { } fault ? Reply.Refuse(400, "JSON_PARSER_ERROR", fault) : null);

    public Reply NoRoute(ApiRequest request) => _routes.MethodsOf(request.Path).ToList() is { Count: > 0 } methods
        ? Reply.Refuse(405, "METHOD_NOT_ALLOWED", $"HTTP Method '{request.Method}' not allowed. Allowed are {string.Join(',', methods)}")
        : Reply.NotFound();
}
