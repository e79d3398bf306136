using Liaison.Identity.Tokens;
using Liaison.Testing.Conformance;
using Liaison.Testing.Stores;

namespace Liaison.Storage.Tests.InMemory;

[Conforms(typeof(InMemoryTokenStore))]
public sealed class InMemoryTokenStoreTests : TokenStoreConformance
{
    private InMemoryTokenStore? store;

    protected override ValueTask<ITokenStore> OpenAsync(TimeProvider time) =>
        ValueTask.FromResult<ITokenStore>(store ??= new InMemoryTokenStore(time));
}
