/**
 * Follows "StatefulSet Basics" and "Running Automated Tasks with a CronJob" of Kubernetes:
 * https://kubernetes.io/docs/tutorials/stateful-application/basic-stateful-set/
 * https://kubernetes.io/docs/tasks/job/automated-tasks-with-cron-jobs/
 * with pods as in "Configure a Security Context for a Pod or Container" and the names of "Enforce
 * Pod Security Standards with Namespace Labels":
 * https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 * https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/
 */
import * as kubernetes from "@pulumi/kubernetes";

const space = new kubernetes.core.v1.Namespace("reports", {
  metadata: {
    name: "reports",
    labels: {
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/warn": "restricted",
    },
  },
});
const namespace = space.metadata.name;
const labels = { app: "nginx" };
const securityContext = { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000 };
const container = { allowPrivilegeEscalation: false };

new kubernetes.core.v1.Service("nginx", {
  metadata: { namespace, name: "nginx", labels },
  spec: {
    clusterIP: "None",
    selector: labels,
    ports: [{ name: "web", port: 80, targetPort: 8080 }],
  },
});
const web = new kubernetes.apps.v1.StatefulSet("web", {
  metadata: { namespace, name: "web" },
  spec: {
    serviceName: "nginx",
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        securityContext,
        terminationGracePeriodSeconds: 10,
        containers: [
          {
            name: "nginx",
            image: "docker.io/nginxinc/nginx-unprivileged:1.29",
            securityContext: container,
            ports: [{ name: "web", containerPort: 8080 }],
            volumeMounts: [{ name: "www", mountPath: "/usr/share/nginx/html" }],
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: "www" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    ],
  },
});

const output = new kubernetes.core.v1.PersistentVolumeClaim("nightly", {
  metadata: {
    namespace,
    name: "nightly",
    // The volume binds with the first pod, which comes at night.
    annotations: { "pulumi.com/skipAwait": "true" },
  },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
});
const settings = new kubernetes.core.v1.ConfigMap("nightly", {
  metadata: { namespace, name: "nightly" },
  data: { FORMAT: "csv", TARGET: "/reports" },
});
new kubernetes.batch.v1.CronJob("nightly", {
  metadata: { namespace, name: "nightly" },
  spec: {
    schedule: "30 3 * * *",
    concurrencyPolicy: "Forbid",
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      spec: {
        backoffLimit: 2,
        template: {
          spec: {
            restartPolicy: "OnFailure",
            automountServiceAccountToken: false,
            securityContext,
            containers: [
              {
                name: "report",
                image: "docker.io/library/busybox:1.37",
                command: ["/bin/sh", "-c", "date > $TARGET/last.$FORMAT"],
                securityContext: container,
                envFrom: [{ configMapRef: { name: settings.metadata.name } }],
                volumeMounts: [{ name: "reports", mountPath: "/reports" }],
              },
            ],
            volumes: [
              { name: "reports", persistentVolumeClaim: { claimName: output.metadata.name } },
            ],
          },
        },
      },
    },
  },
});

export const statefulSet = web.metadata.name;
