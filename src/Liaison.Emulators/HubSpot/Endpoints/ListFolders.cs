using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The folders that lists lie in.</summary>
internal sealed class ListFolders(Refusals refusals)
{
    public Reply Get(Call call) => With(call, call.Query("folderId") ?? "0", folder => Answer(call, folder));

    public Reply Create(Call call)
    {
        if (call.Text("name") is not { Length: > 0 } name)
        {
            return refusals.InvalidJson("some required fields were not set: [name]");
        }

        return With(call, call.Text("parentFolderId") ?? "0", parent =>
        {
            if (Taken(call, name, parent.Id, null))
            {
                return refusals.Validation($"A folder named {name} already lies in folder {parent.Id}.");
            }

            var now = Instants.ToMilliseconds(call.Now);
            var book = call.Account.Lists;
            var made = new ListFolder(book.NextFolder(), name, parent.Id, now, (call.User ?? call.Caller.GrantedBy)?.UserId);
            book.Folders[made.Id] = made;
            parent.ContentsUpdatedAt = now;
            return Answer(call, made);
        });
    }

    public Reply Rename(Call call) => WithOwn(call, folder =>
    {
        if (call.Query("newFolderName") is not { Length: > 0 } name || Taken(call, name, folder.ParentId, folder))
        {
            return refusals.Validation("The newFolderName must be given in the query, and no other folder beside this one may have it.");
        }

        (folder.Name, folder.UpdatedAt) = (name, Instants.ToMilliseconds(call.Now));
        return Answer(call, folder);
    });

    public Reply Move(Call call) => WithOwn(call, folder => With(call, call["parent"], parent =>
    {
        for (var above = parent; above.Id != ListFolder.Root; above = Find(call, above.ParentId)!)
        {
            if (above == folder)
            {
                return refusals.Validation("A folder cannot be moved into itself or into one that lies in it.");
            }
        }

        var now = Instants.ToMilliseconds(call.Now);
        (folder.ParentId, folder.UpdatedAt, parent.ContentsUpdatedAt) = (parent.Id, now, now);
        return Answer(call, folder);
    }));

    public Reply Delete(Call call) => WithOwn(call, folder =>
    {
        var book = call.Account.Lists;
        if (book.Live.Any(list => list.FolderId == folder.Id) || book.Folders.Values.Any(child => child.ParentId == folder.Id && child != folder))
        {
            return refusals.Validation("Only an empty folder can be deleted; move what lies in it elsewhere first.");
        }

        book.Folders.Remove(folder.Id);
        return Reply.NoContent;
    });

    public Reply MoveList(Call call)
    {
        if (!ListAccess.TryFind(call, call.Text("listId"), out var list))
        {
            return ListAccess.NotFound(refusals, call.Text("listId"));
        }

        return With(call, call.Text("newFolderId") ?? "", folder =>
        {
            list.FolderId = folder.Id;
            folder.ContentsUpdatedAt = Instants.ToMilliseconds(call.Now);
            return Reply.NoContent;
        });
    }

    private Reply WithOwn(Call call, Func<ListFolder, Reply> work) => With(call, call["folder"], folder =>
        folder.Id == ListFolder.Root ? refusals.Validation("The root folder stays as it is.") : work(folder));

    private Reply With(Call call, string id, Func<ListFolder, Reply> work) =>
        ListAccess.Number(id) is { } number && Find(call, number) is { } folder ? work(folder) : refusals.NotFound($"No folder {id} exists.");

    private static ListFolder? Find(Call call, long id)
    {
        var folders = call.Account.Lists.Folders;
        if (id == ListFolder.Root && !folders.ContainsKey(id))
        {
            folders[id] = new ListFolder(ListFolder.Root, "Root", ListFolder.Root, Instants.ToMilliseconds(call.Now), null);
        }

        return folders.GetValueOrDefault(id);
    }

    private static bool Taken(Call call, string name, long parent, ListFolder? self) => call.Account.Lists.Folders.Values
        .Any(folder => folder != self && folder.ParentId == parent && folder.Id != ListFolder.Root && string.Equals(folder.Name, name, StringComparison.OrdinalIgnoreCase));

    private static Reply Answer(Call call, ListFolder folder) => Reply.Ok(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("folder");
        ListJson.Write(json, call.Account.Lists, folder);
        json.WriteEndObject();
    });
}
