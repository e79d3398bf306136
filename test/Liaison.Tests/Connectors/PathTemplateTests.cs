using Liaison.Connectors;

namespace Liaison.Tests.Connectors;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/crm/objects/2026-09/contacts/501", "/crm/objects/2026-09/contacts/{id}")]
    [InlineData("/crm/v3/objects/contacts/batch/read", "/crm/v3/objects/contacts/batch/read")]
    [InlineData("/crm/objects/2026-09/contacts/ada@acme.test?idProperty=email&properties=a,b", "/crm/objects/2026-09/contacts/{id}?idProperty&properties")]
    [InlineData("/services/data/v66.0/sobjects/Contact/003xx000003DGb2AAG", "/services/data/v66.0/sobjects/Contact/{id}")]
    [InlineData("/services/data/v66.0/query?q=SELECT+Id+FROM+Contact+WHERE+Email='a@b.c'", "/services/data/v66.0/query?q")]
    [InlineData("/api/data/v9.2/contacts(7b0d5a7e-0000-4000-8000-000000000001)?$select=fullname", "/api/data/v9.2/contacts({id})?$select")]
    [InlineData("/crm/owners/2026-09?ada%40acme.test", "/crm/owners/2026-09?{name}")]
    public void Ids_and_values_are_taken_out_and_the_rest_stays(string path, string template) =>
        PathTemplate.Of(path, "2026-09").ShouldBe(template);
}
