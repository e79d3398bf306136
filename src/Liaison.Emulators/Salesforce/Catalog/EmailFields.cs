namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of e-mails and of the people in them, by the object reference; the ways back are named as recorded describes have them.</summary>
internal static class EmailFields
{
    /// <remarks>The values of a status are numbers, which the interface shows by their labels.</remarks>
    public const string Messages = """
        Id|id|Email Message ID|DFSGAI
        ParentId|reference|Case ID|CUNFSGA|to=Case|rel=Parent|kids=EmailMessages,cascade
        ActivityId|reference|Activity ID|CNFSGA|to=Task|rel=Activity|kids=EmailMessages,cascade
        @system
        TextBody|textarea 32000|Text Body|CUNP|extra=plaintextarea
        HtmlBody|textarea 131072|HTML Body|CUNP
        Headers|textarea 32000|Headers|CUN
        Subject|string 3000|Subject|CUNFS|name
        FromName|string 1000|From Name|CUNFS
        FromAddress|email 1000|From Address|CUNFS
        ToAddress|string 4000|To Address|CUNFS
        CcAddress|string 4000|CC Address|CUNFS
        BccAddress|string 4000|BCC Address|CUNFS
        Incoming|boolean|Is Incoming|CDFSG
        HasAttachment|boolean|Has Attachment|DFSG
        Status|picklist 40|Status|CUDFSGAR|picks=0:New*,1:Read,2:Replied,3:Sent,4:Forwarded,5:Draft
        MessageDate|datetime|Message Date|CUNFSA
        IsDeleted|boolean|Deleted|DFSG
        ReplyToEmailMessageId|reference|Email Message ID|CNFSGA|to=EmailMessage|rel=ReplyToEmailMessage
        IsExternallyVisible|boolean|Is Externally Visible|CUDFSG
        MessageIdentifier|string 765|Message ID|CUNFS
        ThreadIdentifier|string 765|Thread ID|CUNFS
        IsClientManaged|boolean|Is Client Managed|CUDFSG
        RelatedToId|reference|Related To ID|CUNFSGA|to=Account,Case,Opportunity,Subscription__c|rel=RelatedTo|poly|kids=Emails
        """;

    public const string Relations = """
        Id|id|Email Message Relation ID|DFSGAI
        EmailMessageId|reference|Email Message ID|CFSGA|to=EmailMessage|rel=EmailMessage|kids=EmailMessageRelations,cascade
        RelationId|reference|Relation ID|CNFSGA|to=Contact,Lead,User|rel=Relation|poly|kids=EmailMessageRelations,cascade
        RelationType|picklist 40|Relation Type|CFSGAR|picks=ToAddress:To Address,CcAddress:CC Address,BccAddress:BCC Address,FromAddress:From Address,OtherAddress:Other Address
        RelationAddress|string 255|Relation Address|CNFSGA
        CreatedDate|datetime|Created Date|DFSA
        CreatedById|reference|Created By ID|DFSGA|to=User|rel=CreatedBy
        SystemModstamp|datetime|System Modstamp|DFSA
        IsDeleted|boolean|Deleted|DFSG
        """;
}
